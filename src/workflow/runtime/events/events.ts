import type { ErrorCode } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import type { MemoState } from '../../../core/result.ts';
import type { RunCost } from '../usage/run-costs.ts';

/**
 * What a run reports while it goes on, in this order: one start; start, progress, messages and complete of each node executed;
 * one complete.
 */
export type RunEvent =
  | {
      readonly event: 'workflow.execution.start';
      readonly executionId: string;
      readonly workflowId: string;
      readonly nodeCount: number;
      readonly caller: string | undefined;
    }
  | {
      readonly event: 'node.execution.start';
      readonly executionId: string;
      readonly nodeId: string;
      readonly type: string;
      /** Counted from 0, of `nodeCount`. */
      readonly index: number;
      readonly nodeCount: number;
    }
  | {
      readonly event: 'node.execution.complete';
      readonly executionId: string;
      readonly nodeId: string;
      readonly type: string;
      readonly index: number;
      readonly nodeCount: number;
      readonly ok: boolean;
      readonly code: ErrorCode | null;
      readonly memo: MemoState;
      readonly durationMs: number;
    }
  | {
      /** A node said something to the person who follows the run. */
      readonly event: 'node.message';
      readonly executionId: string;
      readonly nodeId: string;
      readonly text: string;
    }
  | {
      /** How far a node is that takes long, in its own words: only the last of these counts. */
      readonly event: 'node.progress';
      readonly executionId: string;
      readonly nodeId: string;
      readonly text: string;
    }
  | {
      /** Instead of complete where the run goes on later; then it has another start. */
      readonly event: 'workflow.execution.suspended';
      readonly executionId: string;
      readonly workflowId: string;
      readonly nodeCount: number;
      /** The nodes that wait, and when the first of them goes on without an answer, in milliseconds since 1970; null: none does. */
      readonly nodes: readonly string[];
      readonly untilMs: number | null;
      /** What they ask: node, question, prompt, role, sinceMs, untilMs. */
      readonly waiting: readonly JsonObject[];
    }
  | {
      readonly event: 'workflow.execution.complete';
      readonly executionId: string;
      readonly workflowId: string;
      readonly nodeCount: number;
      readonly ok: boolean;
      readonly code: ErrorCode | null;
      readonly stopAt: string | null;
      readonly waapiCalls: number;
      readonly durationMs: number;
      /** What it cost, by currency; empty where no node has a price. */
      readonly costs: readonly RunCost[];
    };

export type OnRunEvent = (event: RunEvent) => void;

/** Hands events to the log and to a listener. A listener that throws is logged and changes nothing about the run. */
export function eventSink(log: Log, onEvent: OnRunEvent | undefined): OnRunEvent {
  return (event) => {
    logEvent(log, event);
    if (onEvent === undefined) return;
    try {
      onEvent(event);
    } catch (thrown) {
      log.warn({ err: thrown, event: event.event }, 'A listener of a run failed.');
    }
  };
}

/** Member by member: what an object's rest costs is more than all else a node takes. */
function logEvent(log: Log, event: RunEvent): void {
  if (event.event === 'node.execution.start') {
    const { executionId, nodeId, type, index, nodeCount } = event;
    log.debug({ executionId, nodeId, type, index, nodeCount }, event.event);
  } else if (event.event === 'node.execution.complete') {
    const { executionId, nodeId, type, index, nodeCount, ok, code, memo, durationMs } = event;
    const line = { executionId, nodeId, type, index, nodeCount, ok, code, memo, duration_ms: durationMs };
    log.info(line, event.event);
  } else if (event.event === 'workflow.execution.complete') {
    const { event: name, durationMs, ...fields } = event;
    log.info({ ...fields, duration_ms: durationMs }, name);
  } else {
    const { event: name, ...fields } = event;
    log.info(fields, name);
  }
}
