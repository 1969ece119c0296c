import { setImmediate as afterOtherWork } from 'node:timers/promises';
import { type ErrorCode, toWwiseFlowError, WwiseFlowError } from '../base/errors.ts';
import type { Json, JsonObject } from '../base/json.ts';
import type { Log } from '../base/log.ts';
import type { Bus, MemoProbe } from '../bus/bus.ts';
import { type Failure, failure, type MemoState, type Result, success } from '../bus/result.ts';
import { eventSink, type OnRunEvent } from './events.ts';
import { resolveReferences, type Values } from './expressions/resolve.ts';
import type { Plan, PlanNode } from './plan.ts';
import { newExecutionId } from './run/execution-id.ts';
import { forcedNodes, runInputs } from './run/run-options.ts';

export interface RunOptions {
  /** Values of the workflow's inputs. */
  readonly input?: Json | undefined;
  /** Do these nodes again, or all of them, even where the memo has a result that still holds. */
  readonly forceRerun?: boolean | readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: OnRunEvent | undefined;
  /** Who asks, for the audit and the log. */
  readonly caller?: string | undefined;
}

/** What became of one node. */
export type ResultRow =
  | {
      readonly node: string;
      readonly type: string;
      readonly ok: true;
      readonly memo: MemoState;
      readonly idemKey: string | null;
      readonly durationMs: number;
      readonly data: JsonObject;
    }
  | {
      readonly node: string;
      readonly type: string;
      readonly ok: false;
      readonly code: ErrorCode;
      readonly error: string;
      readonly hint: string;
      readonly details?: JsonObject;
      readonly durationMs: number;
    };

export interface Runner {
  /**
   * Runs a plan, node by node in its order. Never rejects.
   * Success: data `{ executionId, workflowId, planHash, results, waapiCalls, durationMs }`.
   * At the first node that fails it stops: a Failure with that node's code and, in details, the same members with
   * `stopped: true`, `stopAt` and `skipped`, the nodes not reached. A cancelled run is a Failure CANCELLED of this kind.
   */
  run(plan: Plan, options?: RunOptions): Promise<Result>;
}

export interface RunnerParts {
  readonly bus: Bus;
  readonly log: Log;
  /** Milliseconds since 1970, with fractions. */
  readonly now?: () => number;
}

/** A runner over a bus. It keeps nothing between runs: what was done is remembered by the bus's memo. */
export function createRunner({ bus, log, now = preciseNow }: RunnerParts): Runner {
  const run = async (plan: Plan, options: RunOptions): Promise<Result> => {
    const inputs = runInputs(plan, options.input);
    const isForced = forcedNodes(plan, options.forceRerun);
    const emit = eventSink(log, options.onEvent);
    const { workflowId, planHash } = plan;
    const nodeCount = plan.nodes.length;
    const startedAtMs = now();
    const callsBefore = bus.waapiCallCount;
    const executionId = newExecutionId(startedAtMs);
    const outputs = new Map<string, JsonObject>();
    const values: Values = { output: (node) => outputs.get(node), inputs };
    const results: ResultRow[] = [];
    let stop: { readonly node: PlanNode; readonly result: Failure } | undefined;

    const execute = async (node: PlanNode): Promise<Result> => {
      if (options.signal?.aborted) return failure(cancelled(node));
      const input = attempt(() => resolveInput(node, values));
      if (input instanceof WwiseFlowError) return failure(input);
      return bus.dispatch(node.command, input, {
        scope: scopeOf(plan, node),
        forceRerun: isForced(node.id),
        signal: options.signal,
        caller: options.caller ?? 'workflow',
        executionId,
      });
    };

    emit({ event: 'workflow.execution.start', executionId, workflowId, nodeCount, caller: options.caller });
    await prefetch(plan, values, isForced, options.signal);
    for (const [index, node] of plan.nodes.entries()) {
      // Memo hits need no I/O: without this a long run of them would be deaf to a cancellation.
      if (index % 32 === 31) await afterOtherWork();
      const { id: nodeId, type } = node;
      emit({ event: 'node.execution.start', executionId, nodeId, type, index, nodeCount });
      const nodeStartedAtMs = now();
      const result = await execute(node);
      const durationMs = rounded(now() - nodeStartedAtMs);
      results.push(rowOf(node, result, durationMs));
      const { ok, code } = result;
      const memo = result.ok ? result.memo : 'off';
      emit({
        event: 'node.execution.complete',
        executionId,
        nodeId,
        type,
        index,
        nodeCount,
        ok,
        code,
        memo,
        durationMs,
      });
      if (result.ok) outputs.set(nodeId, result.data);
      else {
        stop = { node, result };
        break;
      }
    }

    const waapiCalls = bus.waapiCallCount - callsBefore;
    const durationMs = rounded(now() - startedAtMs);
    const [ok, code, stopAt] = [stop === undefined, stop?.result.code ?? null, stop?.node.id ?? null];
    emit({
      event: 'workflow.execution.complete',
      executionId,
      workflowId,
      nodeCount,
      ok,
      code,
      stopAt,
      waapiCalls,
      durationMs,
    });
    const answer = { executionId, workflowId, planHash, results, waapiCalls, durationMs };
    if (stop === undefined) return success(answer);
    const skipped = plan.order.slice(results.length);
    return stoppedRun(stop.node, stop.result, { ...answer, stopped: true, stopAt: stop.node.id, skipped });
  };

  /** Has the memo entries of all nodes whose input is known already verified together. */
  const prefetch = async (
    plan: Plan,
    values: Values,
    isForced: (node: string) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const probes = plan.nodes.flatMap((node) => (isForced(node.id) ? [] : probeOf(plan, node, values)));
    if (probes.length === 0 || signal?.aborted === true) return;
    try {
      await bus.prefetch(probes, { signal });
    } catch (thrown) {
      // Only a saving: every dispatch verifies for itself, and reports for itself when Wwise is gone.
      log.debug({ err: thrown }, 'The memo could not be verified ahead of the run.');
    }
  };

  return {
    run: async (plan, options = {}) => {
      try {
        return await run(plan, options);
      } catch (thrown) {
        return failure(toWwiseFlowError(thrown));
      }
    },
  };
}

function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

function scopeOf(plan: Plan, node: PlanNode): string {
  return `${plan.workflowId}/${node.id}`;
}

function resolveInput(node: PlanNode, values: Values): Json {
  return node.wiring.length === 0 ? node.input : resolveReferences(node.input, values);
}

function probeOf(plan: Plan, node: PlanNode, values: Values): MemoProbe[] {
  const { command, effect, wiring } = node;
  if (effect === 'read' || effect === 'barrier' || wiring.some(({ from }) => from.startsWith('$from:')))
    return [];
  const input = attempt(() => resolveInput(node, values));
  return input instanceof WwiseFlowError ? [] : [{ command, input, scope: scopeOf(plan, node) }];
}

function attempt(resolve: () => Json): Json | WwiseFlowError {
  try {
    return resolve();
  } catch (thrown) {
    return toWwiseFlowError(thrown);
  }
}

function cancelled(node: PlanNode): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'The run was cancelled before this node.', {
    hint: 'Run the workflow again to go on: finished nodes are memo hits.',
    details: { node: node.id },
  });
}

function rowOf({ id: node, type }: PlanNode, result: Result, durationMs: number): ResultRow {
  if (result.ok) {
    const { memo, idemKey, data } = result;
    return { node, type, ok: true, memo, idemKey, durationMs, data };
  }
  const { code, error, hint, details } = result;
  return {
    node,
    type,
    ok: false,
    code,
    error,
    hint,
    ...(details === undefined ? {} : { details }),
    durationMs,
  };
}

function stoppedRun({ id, type }: PlanNode, result: Failure, details: JsonObject): Failure {
  return { ...result, error: `Node ${id} (${type}): ${result.error}`, details };
}

/** Microseconds are as fine as a reader can use. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
