import PQueue from 'p-queue';

/** Lets work begin no faster, or no more of it at once, than is wanted. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** Nodes that read, of all runs of a process together, that may be under way at once. Nodes that change something take turns anyway. */
export const MOST_READS_AT_ONCE = 32;

/** At most `count` at once. */
export function concurrencyLimit(count: number): Limit {
  const queue = new PQueue({ concurrency: count });
  return (work) => queue.add(work);
}

/** Once the signal aborts what waits begins at once, and is refused. */
export type Pace = <T>(work: () => Promise<T>, signal: AbortSignal | undefined) => Promise<T>;

/**
 * The paces of all runs of a process: `mostPerSecond` for all together, where there is such a limit, and what a workflow asks
 * for itself for all runs of that workflow together. Gives undefined for one that is under no limit.
 */
export function createPaces(
  mostPerSecond: number | undefined,
): (plan: { readonly workflowId: string; readonly maxPerSecond?: number }) => Pace | undefined {
  const all = mostPerSecond === undefined ? undefined : perSecond(mostPerSecond);
  // Runs hold theirs: one that nobody holds any more is forgotten.
  const ofWorkflows = new Map<string, WeakRef<Pace>>();
  return ({ workflowId, maxPerSecond }) => {
    if (maxPerSecond === undefined) return all;
    for (const [key, pace] of ofWorkflows) if (pace.deref() === undefined) ofWorkflows.delete(key);
    const key = `${maxPerSecond} ${workflowId}`;
    const own = ofWorkflows.get(key)?.deref() ?? perSecond(maxPerSecond);
    ofWorkflows.set(key, new WeakRef(own));
    if (all === undefined) return own;
    return (work, signal) => own(() => all(work, signal), signal);
  };
}

/** At most `count` begin in any second, evenly spread. */
function perSecond(count: number): Pace {
  const intervalMs = 1000 / count;
  const waiting = new Set<() => void>();
  let freeAtMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const letIn = (): void => {
    if (timer !== undefined) return;
    const [first] = waiting;
    if (first === undefined) return;
    const now = performance.now();
    if (freeAtMs <= now) {
      freeAtMs = now + intervalMs;
      first();
    }
    if (waiting.size === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      letIn();
    }, freeAtMs - now);
  };

  return (work, signal) =>
    new Promise((resolve, reject) => {
      const begin = (): void => {
        waiting.delete(begin);
        signal?.removeEventListener('abort', begin);
        work().then(resolve, reject);
      };
      waiting.add(begin);
      if (signal?.aborted === true) begin();
      else signal?.addEventListener('abort', begin, { once: true });
      letIn();
    });
}
