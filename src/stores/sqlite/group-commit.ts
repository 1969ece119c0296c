import type Database from 'libsql';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';

/** Writes to one connection. Those that are asked for in the same turn share one transaction. */
export interface GroupCommit {
  /**
   * Resolves with what the write gives, once it is committed; rejects with its own failure only. `isOneStatement`: it is a
   * transaction by itself, where no other waits.
   */
  write<T>(work: () => T, isOneStatement?: boolean): Promise<T>;
  /** Commits what waits, now. Who waits for a failed write learns of it; this throws nothing. */
  flush(): void;
}

/**
 * `soon` calls back when the turn is over: a microtask suits writes that are cheap one by one, `setImmediate` those that wait
 * for the disk, as more come together until then.
 */
export function createGroupCommit(
  database: Database.Database,
  soon: (flush: () => void) => void,
  filePath: string,
): GroupCommit {
  let waiting: Write[] = [];
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollBack = database.prepare('ROLLBACK');

  const transaction = (writes: readonly Write[]): void => {
    const [only] = writes;
    if (writes.length === 1 && only?.isOneStatement === true) {
      only.write();
      return;
    }
    begin.run();
    try {
      for (const write of writes) write.write();
      commit.run();
    } catch (reason) {
      // Where the disk is full SQLite has rolled back itself: to do so again fails, and would hide why.
      if (database.inTransaction) rollBack.run();
      throw reason;
    }
  };

  const flush = (): void => {
    const writes = waiting;
    waiting = [];
    if (writes.length > 0) settle(writes);
  };

  const settle = (writes: readonly Write[]): void => {
    try {
      transaction(writes);
    } catch (reason) {
      // One of several cannot be done: the others must not pay for it.
      if (writes.length > 1) for (const write of writes) settle([write]);
      else writes[0]?.reject(stateNotWritten(reason, filePath));
      return;
    }
    for (const write of writes) write.resolve();
  };

  return {
    write: (work, isOneStatement = false) =>
      new Promise((resolve, reject) => {
        let given: ReturnType<typeof work>;
        if (waiting.length === 0) soon(flush);
        waiting.push({
          write: () => {
            given = work();
          },
          resolve: () => resolve(given),
          reject,
          isOneStatement,
        });
      }),
    flush,
  };
}

/** What SQLite says where the disk does not take it, as an error with a next step; any other as it was. */
export function stateNotWritten(reason: unknown, filePath: string): unknown {
  const code = systemCode(reason);
  if (code === undefined || !diskCodes.test(code)) return reason;
  const problem = reason instanceof Error ? reason.message : code;
  return new WwiseFlowError('STATE_NOT_WRITTEN', `${filePath} could not be written: ${problem}.`, {
    hint: 'Make room on that disk, or see to it that the file may be written, then call again; or start with another --state.',
    details: { filePath, code },
    cause: reason,
  });
}

const diskCodes = /^(?:SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN)|E(?:IO|NOSPC|DQUOT|ROFS|ACCES|PERM|NOENT)$)/;

interface Write {
  readonly isOneStatement: boolean;
  write(): void;
  resolve(): void;
  reject(reason: unknown): void;
}
