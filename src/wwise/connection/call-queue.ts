import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';

export interface QueueOptions {
  /** Aborting takes a call that has not started out of the queue; one that has started is left alone. */
  readonly signal?: AbortSignal | undefined;
  /** Higher goes first; equal ones keep their order. Default 0. */
  readonly priority?: number | undefined;
}

/**
 * Orders calls on one connection: a write runs alone; reads that follow each other run together, between the writes around
 * them. A call of higher priority goes next: reads that have not begun then wait for it.
 */
export interface CallQueue {
  /** Calls that wait or run. */
  readonly length: number;
  /** Rejects with QueueFull, with LeftQueue when the signal aborts before the start, else as the task does. */
  run<T>(kind: 'read' | 'write', task: () => Promise<T>, options?: QueueOptions): Promise<T>;
}

/** The queue holds as many calls as it may: nothing was sent. */
export class QueueFull extends Error {}

/** The caller cancelled a call that had not started. */
export class LeftQueue extends Error {}

export interface QueueLimits {
  /** Calls that may wait or run at once. */
  readonly maxLength: number;
  /** Reads in flight at once: Wwise answers one after the other anyway, so more only fill its inbox. */
  readonly maxReads: number;
}

export function createCallQueue({ maxLength, maxReads }: QueueLimits): CallQueue {
  const queue = new PQueue({ concurrency: 1 });
  let length = 0;
  let openPhase: ReadPhase | undefined;
  /** How many tasks of each priority have not begun. */
  const ahead = new Map<number, number>();
  const count = (priority: number, by: 1 | -1): void => {
    ahead.set(priority, (ahead.get(priority) ?? 0) + by);
  };
  const isHigherWaiting = (priority: number): boolean => {
    for (const [other, waiting] of ahead) if (other > priority && waiting > 0) return true;
    return false;
  };

  function read<T>(task: () => Promise<T>, priority: number, signal: AbortSignal | undefined): Promise<T> {
    if (openPhase !== undefined && !openPhase.isOver && openPhase.priority === priority)
      return openPhase.join(task, signal);
    const phase = createReadPhase(priority, maxReads, () => isHigherWaiting(priority));
    openPhase = phase;
    // An idle queue begins at once, and a phase that begins with nothing to do is over.
    const joined = phase.join(task, signal);
    addPhase(phase, priority);
    return joined;
  }

  function addPhase(phase: ReadPhase, priority: number): void {
    count(phase.priority, 1);
    const run = async () => {
      count(phase.priority, -1);
      await phase.run();
      // It made room; its rest still goes before what came after it.
      if (!phase.isOver) addPhase(phase, phase.priority + 0.5);
    };
    void queue.add(run, { priority });
  }

  return {
    get length() {
      return length;
    },
    async run(kind, task, { signal, priority = 0 } = {}) {
      if (signal?.aborted === true) throw new LeftQueue();
      if (length >= maxLength) throw new QueueFull();
      // One run's signal may belong to every call that waits.
      if (signal !== undefined) setMaxListeners(0, signal);
      length += 1;
      try {
        if (kind === 'read') return await read(task, priority, signal);
        openPhase = undefined;
        count(priority, 1);
        return await addWrite(queue, task, signal, priority, () => count(priority, -1));
      } finally {
        length -= 1;
      }
    },
  };
}

/** p-queue's own signal would give up a running task; a call that was sent must first learn its fate. */
async function addWrite<T>(
  queue: PQueue,
  task: () => Promise<T>,
  signal: AbortSignal | undefined,
  priority: number,
  onLeft: () => void,
): Promise<T> {
  let hasLeft = false;
  const left = () => {
    if (!hasLeft) onLeft();
    hasLeft = true;
  };
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  const stay = () => signal?.removeEventListener('abort', leave);
  signal?.addEventListener('abort', leave, { once: true });
  const start = () => {
    stay();
    left();
    return task();
  };
  try {
    return await queue.add(start, { signal: leaving.signal, priority });
  } catch (error) {
    throw leaving.signal.aborted ? new LeftQueue() : error;
  } finally {
    stay();
    left();
  }
}

/**
 * One task of the queue that runs any number of reads; over when none is left, open to more until then. A run also ends when
 * it has to yield; then it is run again.
 */
interface ReadPhase {
  readonly priority: number;
  readonly isOver: boolean;
  join<T>(task: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  run(): Promise<void>;
}

function createReadPhase(priority: number, maxReads: number, mustYield: () => boolean): ReadPhase {
  const waiting = new Set<() => void>();
  let active = 0;
  let isRunning = false;
  let isOver = false;
  let end: () => void = () => {};

  const startWaiting = (): void => {
    if (!isRunning) return;
    for (const start of waiting) {
      if (active >= maxReads || mustYield()) break;
      waiting.delete(start);
      start();
    }
    if (active > 0) return;
    isOver = waiting.size === 0;
    isRunning = false;
    end();
  };

  return {
    priority,
    get isOver() {
      return isOver;
    },
    join(task, signal) {
      return new Promise((resolve, reject) => {
        const start = () => {
          signal?.removeEventListener('abort', leave);
          active += 1;
          const done = task().finally(() => {
            active -= 1;
          });
          done.then(resolve, reject).then(startWaiting);
        };
        const leave = () => {
          if (waiting.delete(start)) reject(new LeftQueue());
        };
        signal?.addEventListener('abort', leave, { once: true });
        waiting.add(start);
        startWaiting();
      });
    },
    run() {
      isRunning = true;
      return new Promise((resolve) => {
        end = resolve;
        startWaiting();
      });
    },
  };
}
