import type Database from 'libsql';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';

/** Writes to one connection. Those that come together share one transaction. */
export interface GroupCommit {
  /**
   * Resolves with what the write gives, once it is committed; rejects with its own failure only. `isOneStatement`: it is a
   * transaction by itself, where no other waits.
   */
  write<T>(work: () => T, isOneStatement?: boolean): Promise<T>;
  /** Resolves once what was asked for so far is committed, or could not be; undefined where nothing waits. Never rejects. */
  settled(): Promise<void> | undefined;
  /** Commits what waits, now. Who waits for a failed write learns of it; this throws nothing. */
  flush(): void;
}

/**
 * The first write of a turn of the loop is committed as soon as whoever asked for it waits, so that work that is alone goes on at
 * once. Those that others ask for in the same turn are committed together at its end: a commit takes longer than what is in it.
 */
export function createGroupCommit(database: Database.Database, filePath: string): GroupCommit {
  let waiting: Write[] = [];
  let hasCommitted = false;
  let settling: Promise<void> | undefined;
  let settle = nothing;
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
    if (writes.length === 0) return;
    const done = settle;
    settle = nothing;
    settling = undefined;
    if (!hasCommitted) {
      hasCommitted = true;
      setImmediate(() => {
        hasCommitted = false;
      });
    }
    commitAll(writes);
    done();
  };

  const commitAll = (writes: readonly Write[]): void => {
    try {
      transaction(writes);
    } catch (reason) {
      // One of several cannot be done: the others must not pay for it.
      if (writes.length > 1) for (const write of writes) commitAll([write]);
      else writes[0]?.reject(stateNotWritten(reason, filePath));
      return;
    }
    for (const write of writes) write.resolve();
  };

  return {
    write: (work, isOneStatement = false) =>
      new Promise((resolve, reject) => {
        let given: ReturnType<typeof work>;
        if (waiting.length === 0) {
          if (hasCommitted) setImmediate(flush);
          else queueMicrotask(flush);
        }
        waiting.push({
          write: () => {
            given = work();
          },
          resolve: () => resolve(given),
          reject,
          isOneStatement,
        });
      }),
    settled: () => {
      if (waiting.length === 0) return undefined;
      settling ??= new Promise((resolve) => {
        settle = resolve;
      });
      return settling;
    },
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

const nothing = (): void => {};

interface Write {
  readonly isOneStatement: boolean;
  write(): void;
  resolve(): void;
  reject(reason: unknown): void;
}
