import { errorCodes } from '../core/errors.ts';
import { asString } from '../core/json.ts';
import type { Result } from '../core/result.ts';
import type { Job, JobOutcome } from '../core/stores/job-store.ts';
import { inSpan } from '../core/tracing.ts';
import type { ResumeOptions, RunStatus, WorkflowService } from '../workflow/service.ts';

/** Why an attempt is ended before its run has. */
export type StopReason = 'cancelled' | 'timeout' | 'stopping';

/** Executes the run of a job until it ends or waits; what was done before is reused, as the journal has it. Never rejects. */
export function attemptJob(service: WorkflowService, job: Job, stop: AbortSignal): Promise<JobOutcome> {
  const { traceparent, ...how } = job.how;
  const facts = { 'wwiseflow.execution_id': job.id, 'wwiseflow.attempt': job.attempts };
  return inSpan('job', facts, () => attempt(service, { ...job, how }, stop), {
    kind: 'consumer',
    traceparent: asString(traceparent),
  });
}

async function attempt(service: WorkflowService, job: Job, stop: AbortSignal): Promise<JobOutcome> {
  const { id, attempts, takeovers, how } = job;
  const before = await service.status(id);
  if (!before.ok) return outcomeOfFailure(job, before);
  const isLeft = takeovers > 0 && attempts === 1;
  if (before.data.state === 'done' || before.data.state === 'rolledBack') {
    if (!asksForMore(how) || isLeft) return ended('done');
  }
  // The one who had it was gone before this was recorded; what was recorded is tried again.
  if (before.data.state === 'failed' && takeovers > 0 && job.code === null && !asksForMore(how))
    return outcomeOf(job, before.data);
  let stopping: Promise<unknown> | undefined;
  const onStop = (): void => {
    stopping = service.cancel(id, { isLeft: stop.reason === 'stopping' });
  };
  const first: ResumeOptions = attempts === 1 && !isLeft ? how : {};
  const caller = before.data.caller ?? 'worker';
  const begun = await service.resume(id, { ...first, takeOver: true, caller, waitMs: 0 });
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });
  try {
    if (begun.ok) await begun.data.done;
    const status = await whenOver(service, id, stop);
    if (!status.ok) return outcomeOfFailure(job, status);
    const { state } = status.data;
    if (!begun.ok && state !== 'done' && state !== 'suspended') return outcomeOfFailure(job, begun);
    if (stop.aborted && state !== 'done') return outcomeOfStop(job, stop.reason);
    return outcomeOf(job, status.data);
  } finally {
    stop.removeEventListener('abort', onStop);
    // Whoever stopped it closes what this needs.
    await stopping;
  }
}

/** A run that was suspended here may have gone on by itself. */
async function whenOver(service: WorkflowService, id: string, stop: AbortSignal): Promise<Result<RunStatus>> {
  for (;;) {
    const status = await service.status(id);
    // Once it is to be stopped here, another worker may have it.
    if (!status.ok || status.data.state !== 'running' || stop.aborted) return status;
    await service.show({ executionId: id, waitMs: 60_000, signal: stop });
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

function outcomeOf(job: Job, { state, untilMs, code, error, result }: RunStatus): JobOutcome {
  if (state === 'suspended') {
    // One that waits for an answer goes on when that is given.
    const untilAnswered = typeof untilMs !== 'number';
    return {
      ...ended('suspended'),
      afterMs: untilAnswered ? A_CENTURY_MS : Math.max(0, untilMs - Date.now()),
    };
  }
  if (state === 'done' || state === 'rolledBack') return ended('done');
  if (state === 'cancelled') return { ...ended('cancelled'), code: 'CANCELLED', error };
  // Its end could not be recorded: the journal says how far it was.
  if (state === 'interrupted') return retried(job, { code: 'STATE_UNAVAILABLE', error, isRetryable: true });
  const failed = result?.ok === false ? result : undefined;
  return retried(job, {
    ...{ code: code ?? 'INTERNAL', error: error ?? 'The run failed.' },
    isRetryable: failed?.retryable === true,
    retryAfterMs: failed?.details?.retryAfterMs,
  });
}

function outcomeOfFailure(job: Job, result: Result<unknown>): JobOutcome {
  if (result.ok) return ended('done');
  const { code, error, retryable, details } = result;
  return retried(job, { code, error, isRetryable: retryable, retryAfterMs: details?.retryAfterMs });
}

function outcomeOfStop(job: Job, reason: unknown): JobOutcome {
  if (reason === 'cancelled')
    return { ...ended('cancelled'), code: 'CANCELLED', error: 'The job was cancelled.' };
  if (reason === 'stopping') return { ...ended('waiting'), isNoAttempt: true };
  const error = `The attempt took longer than ${job.timeoutMs / 1000} s.`;
  return retried(job, { code: 'TIMEOUT', error, isRetryable: errorCodes.TIMEOUT.retryable });
}

interface Failed {
  readonly code: string;
  readonly error: string | null;
  readonly isRetryable: boolean;
  /** What the other side asked for, where it did. */
  readonly retryAfterMs?: unknown;
}

/** Another attempt after a while, 5, 10, 20 ... seconds, or later where the other side asked for that; or none. */
function retried(job: Job, { code, error, isRetryable, retryAfterMs }: Failed): JobOutcome {
  // A back-end that is not there, or that another process has, is no fault of the job.
  if (code === 'WAAPI_UNAVAILABLE' && Date.now() - (job.startedAtMs ?? 0) < BACK_END_PATIENCE_MS)
    return { state: 'waiting', code, error, afterMs: FIRST_BACK_OFF_MS, isNoAttempt: true };
  if (!isRetryable || job.attempts >= job.mostAttempts) return { state: 'dead', code, error, afterMs: 0 };
  const backOffMs = FIRST_BACK_OFF_MS * 2 ** (job.attempts - 1);
  const askedMs = typeof retryAfterMs === 'number' ? retryAfterMs : 0;
  return { state: 'waiting', code, error, afterMs: Math.max(backOffMs, askedMs) };
}

const LOOK_AGAIN_MS = 200;
const FIRST_BACK_OFF_MS = 5_000;
/** So long after its first attempt a job waits for its back-end. */
const BACK_END_PATIENCE_MS = 3_600_000;
const A_CENTURY_MS = 3_155_760_000_000;

function ended(state: JobOutcome['state']): JobOutcome {
  return { state, code: null, error: null, afterMs: 0 };
}

/** Whether it was asked to do something again that was done. */
function asksForMore({ from, only, force }: Job['how']): boolean {
  return from !== undefined || only !== undefined || (force !== undefined && force !== false);
}
