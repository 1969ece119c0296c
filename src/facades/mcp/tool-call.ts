import type { Bus } from '../../bus/bus.ts';
import type { Result } from '../../bus/result.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import type { WorkflowService } from '../../workflow/service.ts';

/** What one tool call has at hand. */
export interface ToolCall {
  readonly bus: Bus;
  /** Runs, previews, the library and what was done; opened on first use. */
  service(): Promise<WorkflowService>;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Tells the caller how far the call is; does nothing when nobody asked to be told. */
  progress(done: number, total: number, message: string): void;
}

/** Executes a tool. May throw WwiseFlowError: the server turns it into a failure. */
export type RunTool = (args: JsonObject, call: ToolCall) => Promise<Result>;
