import type Database from 'libsql';

/** Writes to one connection. Those that are asked for in the same turn share one transaction, and so one wait for the disk. */
export interface GroupCommit {
  /** Resolves with what the write gives, once it is committed; rejects with its own failure only. */
  write<T>(work: () => T): Promise<T>;
  /** Commits what waits, now. Who waits for a failed write is told; this throws nothing. */
  flush(): void;
}

/**
 * `soon` calls back when the turn is over: a microtask suits writes that are cheap one by one, `setImmediate` those that wait
 * for the disk, as more come together until then.
 */
export function createGroupCommit(
  database: Database.Database,
  soon: (flush: () => void) => void,
): GroupCommit {
  let waiting: Write[] = [];
  const transaction = database.transaction((writes: readonly Write[]) => {
    for (const write of writes) write.perform();
  });

  const flush = (): void => {
    const writes = waiting;
    waiting = [];
    if (writes.length > 0) settle(writes);
  };

  const settle = (writes: readonly Write[]): void => {
    try {
      transaction.immediate(writes);
    } catch (reason) {
      // One of several cannot be done: the others must not pay for it.
      if (writes.length > 1) for (const write of writes) settle([write]);
      else writes[0]?.reject(reason);
      return;
    }
    for (const write of writes) write.resolve();
  };

  return {
    write: (work) =>
      new Promise((resolve, reject) => {
        let given: ReturnType<typeof work>;
        if (waiting.length === 0) soon(flush);
        waiting.push({
          perform: () => {
            given = work();
          },
          resolve: () => resolve(given),
          reject,
        });
      }),
    flush,
  };
}

interface Write {
  perform(): void;
  resolve(): void;
  reject(reason: unknown): void;
}
