import type { Bus } from '../../../core/dispatch/bus.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import type { Result } from '../../../core/result.ts';
import type { WorkflowService } from '../../../workflow/service.ts';

/** What one tool call has at hand. */
export interface ToolCall {
  readonly bus: Bus;
  /** Runs, previews, the library and what was done; opened on first use. */
  service(): Promise<WorkflowService>;
  /** Everything is answered, bookkeeping too. */
  readonly verbose: boolean;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Who asks, for the audit: `mcp`, `rest`. */
  readonly caller: string;
  /** Reports to the caller how far the call is; does nothing when nobody asked for it. */
  progress(done: number, total: number, message: string): void;
}

/** Executes a tool. May throw WwiseFlowError: the server turns it into a failure. */
export type RunTool = (args: JsonObject, call: ToolCall) => Promise<Result>;
