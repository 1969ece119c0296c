import { WwiseFlowError } from '../../../core/errors.ts';
import { type Failure, failure } from '../../../core/result.ts';
import type { Plan } from '../../compiler/plan.ts';

/** The signal of a run whose workflow may have a `timeoutMs`. */
export interface TimeLimit {
  readonly signal: AbortSignal | undefined;
  /** A cancellation that the time limit caused says so. */
  explain(failed: Failure): Failure;
  release(): void;
}

/** Aborts after the plan's `timeoutMs`, or with the caller's signal, whichever is first. Must be released. */
export function timeLimit({ timeoutMs }: Plan, signal: AbortSignal | undefined): TimeLimit {
  if (timeoutMs === undefined) return { signal, explain: (failed) => failed, release: () => {} };
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(), timeoutMs);
  return {
    signal: signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]),
    explain: (failed) =>
      own.signal.aborted && failed.code === 'CANCELLED' && signal?.aborted !== true
        ? failure(
            new WwiseFlowError(
              'CANCELLED',
              `The run took longer than its limit of ${timeoutMs} ms and was stopped here.`,
              {
                hint: 'Raise timeoutMs of the workflow, then run it again: finished nodes are memo hits.',
                details: { timeoutMs },
              },
            ),
          )
        : failed,
    release: () => clearTimeout(timer),
  };
}
