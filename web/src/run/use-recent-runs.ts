import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { RunSummary } from '../api/wire.ts';

/** The newest runs, whoever began them; asked for again every second while somebody looks. Null until the first answer. */
export function useRecentRuns(
  take: number,
  conditions = '',
): { readonly runs: readonly RunSummary[] | null } {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  useEffect(() => {
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = '';
    const read = async (): Promise<void> => {
      if (!document.hidden) {
        const path = `/executions?verbose=true&take=${take}${conditions}`;
        const answer = await ask<{ readonly runs: readonly RunSummary[] }>(
          'GET',
          path,
          undefined,
          control.signal,
        );
        if (control.signal.aborted) return;
        const text = JSON.stringify(answer.data);
        if (answer.ok && text !== last) setRuns(answer.data.runs);
        last = text;
      }
      timer = setTimeout(() => void read(), 1_000);
    };
    void read();
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [take, conditions]);
  return { runs };
}
