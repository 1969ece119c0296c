import { setTimeout as pause } from 'node:timers/promises';
import { type Result, success } from '../../../bus/result.ts';
import type { OnRunEvent } from '../../../workflow/runtime/events.ts';
import type { Runs, StartedRun } from '../../../workflow/runtime/runs.ts';
import { showRunResult } from '../../../workflow/runtime/show-run.ts';
import type { ToolCall } from '../tool-call.ts';
import { watchProgress } from './watch-progress.ts';

/**
 * Starts a run and waits for it at most `waitMs`; then the run goes on by itself and a handle is given. While the call
 * waits, its cancellation cancels the run; afterwards workflow_cancel does.
 */
export async function waitForRun(
  start: (watch: {
    readonly signal: AbortSignal;
    readonly onEvent: OnRunEvent;
  }) => StartedRun | Promise<StartedRun>,
  waitMs: number,
  runs: Runs,
  { signal, progress }: ToolCall,
): Promise<Result> {
  const ending = new AbortController();
  const onAbort = (): void => ending.abort();
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const tell = watchProgress(progress);
  let isWatched = true;
  const { executionId, done } = await start({
    signal: ending.signal,
    onEvent: (event) => {
      if (isWatched) tell(event);
    },
  });
  const enough = new AbortController();
  const late = pause(waitMs, undefined, { signal: enough.signal }).catch(() => undefined);
  const result = await Promise.race([done, late]);
  enough.abort();
  isWatched = false;
  signal.removeEventListener('abort', onAbort);
  return result === undefined ? handleOf(executionId, runs) : showRunResult(result);
}

async function handleOf(executionId: string, runs: Runs): Promise<Result> {
  const { workflowId, planHash, state, percent, durationMs } = await runs.status(executionId);
  return success({
    ...{ executionId, workflowId, planHash, state, percent, durationMs, results: [], waapiCalls: 0 },
    notices: ['The run goes on: call workflow_status with this executionId and waitMs to follow it.'],
  });
}
