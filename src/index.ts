/** WwiseFlow as a library: what the command does, for programs. */

export { commands } from '../tools/catalog.ts';
export type { Bus, DispatchOptions } from './bus/bus.ts';
export {
  type AnyCommand,
  type Command,
  type CommandContext,
  defineCommand,
  type Effect,
} from './bus/command.ts';
export { type BusParts, createBus } from './bus/create-bus.ts';
export type { Failure, MemoState, Result, Success } from './bus/result.ts';
export { wires } from './bus/wiring.ts';
export { type ErrorCode, errorCodes, toWwiseFlowError, WwiseFlowError } from './core/errors.ts';
export type { Json, JsonObject } from './core/json.ts';
export { createLog, type Log, type LogLevel, silentLog } from './core/log.ts';
export type { AuditStore } from './core/stores/audit-store.ts';
export type { MemoStore } from './core/stores/memo-store.ts';
export { createEngine, type EngineOptions } from './embedded/create-engine.ts';
export type { Engine, EngineSession } from './embedded/engine.ts';
export { waapiFunctions } from './embedded/functions/catalog.ts';
export { inProcessBackend } from './embedded/in-process-backend.ts';
export { type CheckReport, checkProject } from './embedded/project/check.ts';
export { createProject } from './embedded/project/new-project.ts';
export { openProject } from './embedded/project/open.ts';
export type { OpenProject } from './embedded/project/open-project.ts';
export {
  startWaapiServer,
  type WaapiServer,
  type WaapiServerOptions,
} from './embedded/server/start-waapi-server.ts';
export { openSqliteStores } from './stores/sqlite/sqlite-stores.ts';
export { compileWorkflow } from './workflow/compiler/compile.ts';
export type { Plan } from './workflow/compiler/plan.ts';
export { createRunner } from './workflow/runtime/run.ts';
export {
  type WaapiBackend,
  WaapiError,
  WaapiLinkError,
  type WaapiSubscription,
} from './wwise/connection/backend.ts';
export { connectWamp } from './wwise/connection/connect-wamp.ts';
export { createConnection } from './wwise/connection/connection.ts';
export type { CallControl, Waapi } from './wwise/connection/waapi.ts';
