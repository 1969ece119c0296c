import pRetry from 'p-retry';
import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { type Failure, failure } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { retryCodes } from '../../document/failure-policy.ts';
import type { RetryPolicy } from '../../document/workflow.ts';
import type { Outcome } from '../../nodes/node-kind.ts';

/**
 * Executes a node under its policy: each attempt ends after the node's `timeoutMs`, by a signal that reaches the
 * call, and failures that may pass by themselves are tried again. An unknown outcome never is: it may have taken place.
 */
export function attemptNode(
  node: PlanNode,
  once: (signal: AbortSignal | undefined) => Promise<Outcome>,
  signal: AbortSignal | undefined,
  onRetry: (failed: Failure, retry: number) => void,
): Promise<Outcome> {
  const { timeoutMs, retry } = node;
  if (timeoutMs === undefined && retry === undefined) return once(signal);
  const limited = () => (timeoutMs === undefined ? once(signal) : withinTime(node, timeoutMs, once, signal));
  return retry === undefined ? limited() : withRetries(node, retry, limited, signal, onRetry);
}

async function withRetries(
  node: PlanNode,
  retry: RetryPolicy,
  limited: () => Promise<Outcome>,
  signal: AbortSignal | undefined,
  onRetry: (failed: Failure, retry: number) => void,
): Promise<Outcome> {
  // Who has not begun was not waiting to be tried again.
  const isAborted = () => signal?.aborted === true;
  if (isAborted()) return limited();
  try {
    return await pRetry(
      async () => {
        const result = await limited();
        if (result.ok === false) throw new FailedAttempt(result);
        return result;
      },
      {
        retries: retry.maxRetries,
        minTimeout: retry.initialDelayMs,
        factor: retry.backoffMultiplier,
        maxTimeout: Math.max(retry.maxDelayMs, retry.initialDelayMs),
        randomize: retry.jitter,
        signal,
        shouldRetry: ({ error }) => error instanceof FailedAttempt && mayPass(error.failed, retry),
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => {
          if (error instanceof FailedAttempt && retriesLeft > 0 && mayPass(error.failed, retry))
            onRetry(error.failed, attemptNumber);
        },
      },
    );
  } catch (thrown) {
    if (thrown instanceof FailedAttempt) return thrown.failed;
    return failure(isAborted() ? cancelledWhileWaiting(node) : toWwiseFlowError(thrown));
  }
}

/** Passes a failure through p-retry. */
class FailedAttempt extends Error {
  readonly failed: Failure;

  constructor(failed: Failure) {
    super(failed.error);
    this.failed = failed;
  }
}

function mayPass({ code, retryable }: Failure, { codes = retryCodes }: RetryPolicy): boolean {
  return retryable && codes.includes(code);
}

async function withinTime(
  node: PlanNode,
  timeoutMs: number,
  once: (signal: AbortSignal) => Promise<Outcome>,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(), timeoutMs);
  try {
    const result = await once(signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]));
    if (result.ok !== false || result.code !== 'CANCELLED' || !own.signal.aborted || signal?.aborted === true)
      return result;
    return failure(
      new WwiseFlowError('TIMEOUT', `It took longer than its limit of ${timeoutMs} ms and was stopped.`, {
        hint: 'Raise timeoutMs of the node, or look for what keeps it busy.',
        details: { node: node.id, timeoutMs },
      }),
    );
  } finally {
    clearTimeout(timer);
  }
}

function cancelledWhileWaiting(node: PlanNode): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'The run was cancelled while this node waited to be tried again.', {
    hint: 'Run the workflow again to go on: finished nodes are memo hits.',
    details: { node: node.id },
  });
}
