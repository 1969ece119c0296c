/** WwiseFlow as a library: what the command does, for programs. */

export { commands } from '../tools/catalog.ts';
export type { AnyCommand, Command } from './core/command.ts';
export type { Bus, DispatchOptions } from './core/dispatch/bus.ts';
export type { Effect } from './core/effect.ts';
export { type ErrorCode, errorCodes, toWwiseFlowError, WwiseFlowError } from './core/errors.ts';
export type { Json, JsonObject } from './core/json.ts';
export { createLog, type Log, type LogLevel, silentLog } from './core/log.ts';
export type { Failure, MemoState, Result, Success } from './core/result.ts';
export type { AuditStore } from './core/stores/audit-store.ts';
export type { MemoStore } from './core/stores/memo-store.ts';
export { wires } from './core/wiring.ts';
export { createEngine, type EngineOptions } from './embedded/create-engine.ts';
export type { Engine, EngineSession } from './embedded/engine.ts';
export { embeddedFunctions } from './embedded/functions/catalog.ts';
export { inProcessBackend } from './embedded/in-process-backend.ts';
export { type CheckReport, checkProject } from './embedded/project/compare/check.ts';
export { createProject } from './embedded/project/new-project/new-project.ts';
export { openProject } from './embedded/project/open-project.ts';
export type { OpenedProject } from './embedded/project/opened-project.ts';
export {
  startWaapiServer,
  type WaapiServer,
  type WaapiServerOptions,
} from './embedded/server/start-waapi-server.ts';
export type {
  PluginContext,
  PluginDefinition,
  PluginExport,
  PluginKind,
  PluginParts,
} from './plugins/plugin.ts';
export { openSqliteStores } from './stores/sqlite/sqlite-stores.ts';
export { compileWorkflow } from './workflow/compiler/compile.ts';
export type { Plan } from './workflow/compiler/plan.ts';
export { createRunner } from './workflow/runtime/runner.ts';
export {
  type WaapiBackend,
  WaapiError,
  WaapiLinkError,
  type WaapiSubscription,
} from './wwise/connection/backend.ts';
export { connectWamp } from './wwise/connection/connect-wamp.ts';
export { createConnection } from './wwise/connection/connection.ts';
export type { CallControl, Waapi } from './wwise/connection/waapi.ts';
export { type BusParts, createDispatcher } from './wwise/create-dispatcher.ts';
export { type CommandContext, defineCommand } from './wwise/wwise-command.ts';
