import PQueue from 'p-queue';

/** Lets work begin no faster, or no more of it at once, than is wanted. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** Nodes that read, of all runs of a process together, that may be under way at once. Nodes that change something take turns anyway. */
export const MOST_READS_AT_ONCE = 32;

/** At most `count` at once. */
export function atOnce(count: number): Limit {
  const queue = new PQueue({ concurrency: count });
  return (work) => queue.add(work);
}

/** At most `count` begin in any second, evenly spread; once the signal aborts what waits begins at once, to be told so. */
export function perSecond(count: number, signal: AbortSignal | undefined): Limit {
  const queue = new PQueue({ interval: Math.ceil(1000 / count), intervalCap: 1 });
  const waiting = new Set<() => void>();
  signal?.addEventListener('abort', () => {
    for (const begin of waiting) begin();
  });
  return (work) =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        if (!waiting.delete(begin)) return;
        work().then(resolve, reject);
      };
      waiting.add(begin);
      void queue.add(async () => begin());
    });
}
