import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject } from '../../../core/json.ts';
import { type Failure, failure } from '../../../core/result.ts';
import type { RunRecord } from '../../../core/stores/run-store.ts';
import type { RunEvent } from '../events/events.ts';
import { readPlan } from '../journal/read-plan.ts';
import { recordedCosts } from '../usage/run-costs.ts';

/**
 * Whether a suspended run may have lost what it did: it was not saved when the run was suspended, and what was not saved can
 * have gone with the process that had it in memory.
 */
export function mayHaveLost({ result }: RunRecord): boolean {
  return asJsonArray(asJsonObject(asJsonObject(result).data).unsavedFiles).length > 0;
}

/** The answer of a run that was cancelled while it was suspended: what it had done is in the details. */
export function cancelledResult({ result }: RunRecord): Failure {
  const soFar = asJsonObject(asJsonObject(result).data);
  const { state: _state, untilMs: _until, ...details } = soFar;
  return failure(
    new WwiseFlowError('CANCELLED', 'The run was cancelled while it was suspended.', {
      hint: 'workflow_resume goes on with it, workflow_rollback rolls it back.',
      details,
    }),
  );
}

/** The last event of a run that was cancelled while it was suspended. */
export function cancelledEvent(record: RunRecord, nowMs: number): RunEvent {
  const { executionId, workflowId, startedAtMs } = record;
  return {
    event: 'workflow.execution.complete',
    executionId,
    workflowId,
    nodeCount: readPlan(record).nodes.length,
    ok: false,
    code: 'CANCELLED',
    stopAt: null,
    waapiCalls: 0,
    costs: recordedCosts(asJsonObject(asJsonObject(record.result).data).costs),
    durationMs: Math.max(0, nowMs - startedAtMs),
  };
}
