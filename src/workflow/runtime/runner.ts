import type { Result } from '../../core/result.ts';
import type { Plan } from '../compiler/plan.ts';
import { systemClock } from './clock.ts';
import { executeRun } from './execute-run.ts';
import { newExecutionId } from './execution-id.ts';
import type { RunnerParts, RunOptions } from './run-request.ts';

export type { ResultRow } from './journal/result-row.ts';
export type { RunnerParts, RunOptions } from './run-request.ts';

export interface Runner {
  /**
   * Runs a plan: what is ready goes on at once, changes one after the other in plan order. Never rejects.
   * Success: data `{ executionId, workflowId, planHash, results, waapiCalls, durationMs }`, with `skipped` for branches that
   * were not taken and `failed` for nodes the workflow can do without.
   * When a node fails nothing new begins: a Failure with the code of the first node that failed, in plan order, and in
   * details the same members with `stopped: true`, `stopAt` and `skipped`, the nodes not reached. With onError "continue" what
   * does not need the node goes on and `stopped` is false; with "rollback" `rolledBack`, `notRolledBack` and `rollback` say
   * what was rolled back. A cancelled run is a Failure CANCELLED of this kind.
   */
  run(plan: Plan, options?: RunOptions): Promise<Result>;
}

/** A runner over a bus. Without a store it keeps nothing between runs: what was done is remembered by the bus's memo. */
export function createRunner(parts: RunnerParts): Runner {
  return {
    run: async (plan, options = {}) => {
      const nowMs = (parts.clock ?? systemClock).now();
      return (await executeRun(parts, { plan, options, executionId: newExecutionId(nowMs) })).result;
    },
  };
}
