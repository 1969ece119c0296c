import { setTimeout as pause } from 'node:timers/promises';
import { type Result, success } from '../../../core/result.ts';
import type { Answer } from '../../answered.ts';
import { showRunResult } from '../answers/show-run.ts';
import type { RunOptions } from '../run-request.ts';
import type { Runs, StartedRun } from '../runs.ts';
import type { OnRunEvent } from './events.ts';

/** How a caller follows the run it begins. */
export interface Following {
  /** Who asks, for the audit and the log. */
  readonly caller: string;
  /** How long the caller waits for `answer`, in milliseconds. Left out: until the end. */
  readonly waitMs?: number | undefined;
  /** While the caller waits, its abort cancels the run; afterwards `cancel` does. */
  readonly signal?: AbortSignal | undefined;
  /** Called with what happens while the caller waits. */
  readonly onEvent?: OnRunEvent | undefined;
  /** What of the result is answered; default: all. */
  readonly shown?: ((result: Result) => Result) | undefined;
}

/** A run that has begun. Neither promise rejects. */
export interface FollowedRun {
  readonly executionId: string;
  /** The whole answer, when the run has ended. */
  readonly done: Promise<Result>;
  /** What to show of it, or a handle when it goes on longer than the caller waits. */
  readonly answer: Promise<Result>;
}

/** Starts a run that goes on by itself when its caller has waited long enough. Rejects with what `start` refuses. */
export async function followRun(
  start: (watch: Pick<RunOptions, 'signal' | 'onEvent' | 'caller'>) => StartedRun | Promise<StartedRun>,
  { caller, waitMs, signal, onEvent, shown = (result) => result }: Following,
  runs: Runs,
  answer: Answer,
): Promise<FollowedRun> {
  const ending = new AbortController();
  const onAbort = (): void => ending.abort();
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  let isWatched = true;
  const letGo = (): void => {
    isWatched = false;
    signal?.removeEventListener('abort', onAbort);
  };
  const watch: OnRunEvent = (event) => {
    if (isWatched) onEvent?.(event);
  };
  let started: StartedRun;
  try {
    started = await start({ caller, signal: ending.signal, onEvent: watch });
  } catch (thrown) {
    letGo();
    throw thrown;
  }
  const { executionId, done } = started;
  const waited = async (): Promise<Result> => {
    const result = await (waitMs === undefined ? done : within(done, waitMs));
    letGo();
    return result === undefined ? handleOf(executionId, runs) : showRunResult(shown(result));
  };
  return { executionId, done, answer: answer(waited) };
}

async function within(done: Promise<Result>, waitMs: number): Promise<Result | undefined> {
  const enough = new AbortController();
  const late = pause(waitMs, undefined, { signal: enough.signal }).catch(() => undefined);
  const result = await Promise.race([done, late]);
  enough.abort();
  return result;
}

async function handleOf(executionId: string, runs: Runs): Promise<Result> {
  const { workflowId, planHash, state, percent, durationMs } = await runs.status(executionId);
  return success({
    ...{ executionId, workflowId, planHash, state, percent, durationMs, results: [], waapiCalls: 0 },
    notices: ['The run goes on: call workflow_status with this executionId and waitMs to follow it.'],
  });
}
