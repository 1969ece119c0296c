import { create } from 'zustand';
import { ask } from '../api/ask.ts';
import type { RunSummary } from '../api/wire.ts';

/** The newest runs, whoever began them: asked for again every second, once for all views that show them. */
export const useRecentRuns = create<{
  /** Null until the first answer. */
  readonly runs: readonly RunSummary[] | null;
}>(() => ({ runs: null }));

const take = 50;
const pauseMs = 1_000;

/** Follows the runs as long as the page is open. `onNew`: a run that was not there before. Gives how to end it. */
export function followRecentRuns(onNew: (run: RunSummary) => void): () => void {
  const control = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  const read = async (): Promise<void> => {
    if (!document.hidden) {
      const path = `/executions?verbose=true&take=${take}`;
      const answer = await ask<{ readonly runs: readonly RunSummary[] }>(
        'GET',
        path,
        undefined,
        control.signal,
      );
      if (control.signal.aborted) return;
      const text = JSON.stringify(answer.data);
      if (answer.ok && text !== last) {
        last = text;
        const before = useRecentRuns.getState().runs;
        useRecentRuns.setState({ runs: answer.data.runs });
        if (before !== null) for (const run of newer(answer.data.runs, before)) onNew(run);
      }
    }
    timer = setTimeout(() => void read(), pauseMs);
  };
  void read();
  return () => {
    control.abort();
    clearTimeout(timer);
  };
}

function newer(now: readonly RunSummary[], before: readonly RunSummary[]): readonly RunSummary[] {
  const known = new Set(before.map(({ executionId }) => executionId));
  const since = Math.max(0, ...before.map(({ startedAtMs }) => startedAtMs));
  return now.filter(({ executionId, startedAtMs }) => !known.has(executionId) && startedAtMs >= since);
}
