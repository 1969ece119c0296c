import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import type { RunSummary } from '../api/wire.ts';
import { notifyRefused } from '../app/notices.tsx';
import { useRecentRuns } from './recent-runs.ts';

const pageSize = 50;

export interface History {
  /** Null until the first answer. */
  readonly runs: readonly RunSummary[] | null;
  /** How many there are that fit. */
  readonly total: number;
  /** Reads older ones as well. */
  more(): void;
}

/** Runs by conditions, as `state=failed`: as many as were asked for, read again whenever something runs. */
export function useRuns(conditions: string): History {
  const [runs, setRuns] = useState<readonly RunSummary[] | null>(null);
  const [total, setTotal] = useState(0);
  const [pages, setPages] = useState(1);
  const recent = useRecentRuns((state) => state.runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs changes the answer
  useEffect(() => {
    const control = new AbortController();
    const read = (page: number) => {
      const path = `/executions?verbose=true&take=${pageSize}&skip=${page * pageSize}&${conditions}`;
      return ask<{ readonly runs: readonly RunSummary[] }>('GET', path, undefined, control.signal);
    };
    void Promise.all(Array.from({ length: pages }, (_, page) => read(page))).then((answers) => {
      const refused = answers.find(({ ok }) => !ok);
      if (refused !== undefined && !refused.ok) return notifyRefused(refused);
      const read = answers.flatMap((answer) => (answer.ok ? [answer] : []));
      setRuns(read.flatMap(({ data }) => data.runs));
      setTotal(read[0]?.total ?? 0);
    });
    return () => control.abort();
  }, [conditions, pages, recent]);
  return { runs, total, more: () => setPages(pages + 1) };
}
