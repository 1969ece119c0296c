import type Database from 'libsql';
import type { Durability } from '../../core/stores/durability.ts';
import { createGroupCommit } from './group-commit.ts';
import { openDatabase } from './open-database.ts';

/** The connections of this process to one state file: one that waits for the disk, one that need not, and both in order. */
export interface Connections {
  /** Prepares statements for each class of durability, and for reads. */
  readonly powerSafe: Database.Database;
  readonly killSafe: Database.Database;
  /** Writes over the connection of this class; resolves once that promise holds. */
  write<T>(durability: Durability, work: () => T): Promise<T>;
  /** Reads over the kill-safe connection, after every write asked for so far. */
  read<T>(work: () => T): Promise<T>;
  close(): void;
}

/** Opens them; in memory (null), or where nothing is wanted to be power-safe, both are one. Throws as `openDatabase` does. */
export function openConnections(stateDir: string | null, most: Durability): Connections {
  const isOne = stateDir === null || most === 'killSafe';
  const killSafe = openDatabase(stateDir, { durable: false });
  const powerSafe = isOne ? killSafe : openDatabase(stateDir, { durable: true });
  const relaxed = createGroupCommit(killSafe, queueMicrotask);
  const soonSynced = (flush: () => void): void => {
    setImmediate(() => {
      // What was asked for before comes before.
      relaxed.flush();
      flush();
    });
  };
  const synced = isOne ? relaxed : createGroupCommit(powerSafe, soonSynced);
  const flush = (): void => {
    relaxed.flush();
    synced.flush();
  };
  return {
    powerSafe,
    killSafe,
    write: (durability, work) => (durability === 'powerSafe' ? synced : relaxed).write(work),
    read: async (work) => {
      relaxed.flush();
      // Those that wait for the disk are left together: to write them now would part them.
      if (!isOne) await synced.written();
      return work();
    },
    close: () => {
      flush();
      powerSafe.close();
      if (killSafe !== powerSafe) killSafe.close();
    },
  };
}
