import PQueue from 'p-queue';

/** How fast requests to one host may begin. */
export type HostLimit = {
  /** So many may begin at once, and in each period again. */
  readonly requests: number;
  readonly perMs: number;
  /** Requests under way at once. */
  readonly concurrency?: number | undefined;
};

/** The queues of all hosts that this process asks: their limits hold for all its runs together. */
export interface HostQueues {
  /** Begins the work when its turn has come. Rejects with the signal's reason when it aborts before. */
  run<T>(
    host: string,
    limit: HostLimit | undefined,
    work: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
  /** Nothing else begins at this host for so long: it said so. */
  rest(host: string, forMs: number): void;
}

export function createHostQueues(): HostQueues {
  const hosts = new Map<string, { readonly queue: PQueue; readonly key: string; restsUntilMs: number }>();
  const hostOf = (host: string, limit: HostLimit | undefined) => {
    const key = limit === undefined ? '' : `${limit.requests}/${limit.perMs}/${limit.concurrency ?? ''}`;
    const known = hosts.get(host);
    if (known !== undefined && (known.key === key || key === '')) return known;
    const queue = new PQueue({
      concurrency: limit?.concurrency ?? MOST_AT_ONCE,
      ...(limit === undefined ? {} : { intervalCap: limit.requests, interval: limit.perMs }),
    });
    const made = { queue, key, restsUntilMs: known?.restsUntilMs ?? 0 };
    hosts.set(host, made);
    return made;
  };
  return {
    run: (host, limit, work, signal) => {
      const { queue } = hostOf(host, limit);
      return queue.add(work, signal === undefined ? {} : { signal });
    },
    rest: (host, forMs) => {
      const resting = hostOf(host, undefined);
      const untilMs = performance.now() + Math.min(forMs, LONGEST_REST_MS);
      if (untilMs <= resting.restsUntilMs) return;
      resting.restsUntilMs = untilMs;
      resting.queue.pause();
      setTimeout(
        () => {
          // A longer rest that began meanwhile ends by its own timer.
          if (resting.restsUntilMs === untilMs) resting.queue.start();
        },
        Math.ceil(untilMs - performance.now()),
      );
    },
  };
}

/** Of a host without a limit of its own. */
const MOST_AT_ONCE = 16;
const LONGEST_REST_MS = 3_600_000;
