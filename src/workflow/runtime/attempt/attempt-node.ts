import { setTimeout as sleep } from 'node:timers/promises';
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
  node: Attempted,
  once: (signal: AbortSignal | undefined) => Promise<Outcome>,
  signal: AbortSignal | undefined,
  onRetry: (failed: Failure, retry: number) => void,
): Promise<Outcome> {
  const { timeoutMs, retry } = node;
  if (timeoutMs === undefined && retry === undefined) return once(signal);
  const limited = () => (timeoutMs === undefined ? once(signal) : withinTime(node, timeoutMs, once, signal));
  return retry === undefined ? limited() : withRetries(node, retry, limited, signal, onRetry);
}

/**
 * Tries as often as the policy says, with its delays between; where a failure says when to come again, not before that.
 */
export async function withRetries<T extends Outcome>(
  node: Attempted,
  retry: RetryPolicy,
  limited: () => Promise<T>,
  signal: AbortSignal | undefined,
  onRetry: (failed: Failure, retry: number) => void,
): Promise<T | Failure> {
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
        onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
          if (!(error instanceof FailedAttempt) || retriesLeft === 0 || !mayPass(error.failed, retry)) return;
          onRetry(error.failed, attemptNumber);
          const { retryAfterMs } = error.failed.details ?? {};
          if (typeof retryAfterMs === 'number')
            await sleep(Math.min(retryAfterMs, LONGEST_REST_MS), null, { signal });
        },
      },
    );
  } catch (thrown) {
    if (thrown instanceof FailedAttempt) return thrown.failed;
    return failure(isAborted() ? cancelledWhileWaiting(node) : toWwiseFlowError(thrown));
  }
}

/** What is tried: a node, or a part of it. */
export type Attempted = Pick<PlanNode, 'id'> & Partial<Pick<PlanNode, 'timeoutMs' | 'retry'>>;

/** However long a failure says to wait. */
const LONGEST_REST_MS = 3_600_000;

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
  node: Attempted,
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

function cancelledWhileWaiting(node: Attempted): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'The run was cancelled while this node waited to be tried again.', {
    hint: 'Run the workflow again to go on: finished nodes are memo hits.',
    details: { node: node.id },
  });
}
