import type { z } from 'zod';
import type { Bus } from '../../core/dispatch/bus.ts';
import type { Effect } from '../../core/effect.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { Result } from '../../core/result.ts';
import type { ArtifactStore } from '../../core/stores/artifact-store.ts';
import type { CallbackStore } from '../../core/stores/callback-store.ts';
import type { HookStore } from '../../core/stores/hook-store.ts';
import type { ScheduleStore } from '../../core/stores/schedule-store.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import type { Caller } from './access/caller.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { PageFiles } from './page/page-files.ts';

/** What an operation has at hand. */
export interface OperationCall {
  readonly bus: Bus;
  service(): Promise<WorkflowService>;
  /** Everything is answered, bookkeeping too. */
  readonly verbose: boolean;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly caller: string;
  progress(done: number, total: number, message: string): void;
}

/** Something that can be asked for, over MCP as a tool: a command of the bus, or something about workflows. */
export interface Operation {
  readonly source: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly toolset: string;
    readonly effect: Effect;
    readonly input: z.ZodType;
    readonly output: z.ZodType;
  };
  /** JSON Schemas as agents see them: of the arguments, and of `data` in its results. */
  readonly inputSchema: JsonObject;
  readonly dataSchema: JsonObject;
  /** May throw WwiseFlowError. */
  run(args: JsonObject, call: OperationCall): Promise<Result>;
}

/** One workspace: what its callers see, and nothing else. */
export interface Room {
  openBus(): Promise<Bus>;
  openService(): Promise<WorkflowService>;
  openArtifacts(): Promise<ArtifactStore>;
}

/** What the HTTP server is made of. */
export interface HttpParts {
  readonly version: string;
  readonly host: string;
  readonly allowedHosts: readonly string[];
  /** Who a token belongs to; null: no token is needed, and everybody is in the default workspace. */
  readonly callerOf: ((token: string) => Promise<Caller | undefined>) | null;
  openRoom(workspace: string): Room;
  /** The webhooks of every workspace; opened on first use. */
  openHooks(): Promise<HookStore>;
  /** The callbacks of every workspace; opened on first use. */
  openCallbacks(): Promise<CallbackStore>;
  /** The schedules of every workspace; opened on first use. */
  openSchedules(): Promise<ScheduleStore>;
  /** Every command and every operation on workflows that this start-up has; loaded by the first request that needs them. */
  loadOperations(): Promise<readonly Operation[]>;
  /** Keeps a file that a caller sends, for his workspace to read; gives its path. */
  keepUpload(workspace: string, name: string, content: Uint8Array): Promise<string>;
  readonly metrics: Pick<Metrics, 'onRequest' | 'text'>;
  /** Answers a request of the MCP protocol; `body` is that of a POST. */
  answerMcp(request: Request, caller: Caller, body?: Buffer): Promise<Response>;
  /** Where the Original of an audio source lies: `filePath`, in the Originals of the project. */
  findOriginal(workspace: string, sourceId: string): Promise<Result>;
  /** The workflow of a file that was asked for at the start; undefined: none was. */
  readonly opened?: unknown;
  /** The page; null where it was not built. */
  readonly page: PageFiles | null;
  /** What project is worked on, and whether it can be reached. */
  describeProject(): Promise<Result>;
  readonly log: Log;
}
