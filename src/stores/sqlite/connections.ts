import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';
import type { Durability } from '../../core/stores/durability.ts';
import { createGroupCommit } from './group-commit.ts';
import { DATABASE_FILE, openDatabase } from './open-database.ts';

/** The connections of this process to one state file: one that waits for the disk, one that need not, and both in order. */
export interface Connections {
  /** Prepares statements for each class of durability, and for reads. */
  readonly powerSafe: Database.Database;
  readonly killSafe: Database.Database;
  /** Writes over the connection of this class; resolves once that promise holds. */
  write<T>(durability: Durability, work: () => T): Promise<T>;
  /** Reads over the kill-safe connection, after every write asked for so far. */
  read<T>(work: () => T): Promise<T>;
  /** Resolves once every write so far is on disk, whatever its class. */
  sync(): Promise<void>;
  /** The same within a moment, while others go on. */
  syncSoon(): void;
  close(): void;
}

/** Opens them; in memory (null), or where nothing is wanted to be power-safe, both are one. Throws as `openDatabase` does. */
export function openConnections(stateDir: string | null, most: Durability): Connections {
  const isOne = stateDir === null || most === 'killSafe';
  const killSafe = openDatabase(stateDir, { durable: false });
  const powerSafe = isOne ? killSafe : openDatabase(stateDir, { durable: true });
  const filePath = join(stateDir ?? '', DATABASE_FILE);
  const relaxed = createGroupCommit(killSafe, queueMicrotask, filePath);
  const soonSynced = (flush: () => void): void => {
    setImmediate(() => {
      // What was asked for before comes before.
      relaxed.flush();
      flush();
    });
  };
  const synced = isOne ? relaxed : createGroupCommit(powerSafe, soonSynced, filePath);
  const flush = (): void => {
    relaxed.flush();
    synced.flush();
  };
  let syncing: NodeJS.Timeout | undefined;
  const sync = async (): Promise<void> => {
    clearTimeout(syncing);
    syncing = undefined;
    flush();
    if (!isOne) await syncFile(`${filePath}-wal`);
  };
  return {
    powerSafe,
    killSafe,
    sync,
    syncSoon: () => {
      if (isOne || syncing !== undefined) return;
      // What fails here fails again where somebody waits for it.
      syncing = setTimeout(() => sync().catch(() => {}), soonMs).unref();
    },
    write: (durability, work) => (durability === 'powerSafe' ? synced : relaxed).write(work),
    read: async (work) => {
      relaxed.flush();
      // Those that wait for the disk are left together: to write them now would part them.
      if (!isOne) await synced.written();
      return work();
    },
    close: () => {
      clearTimeout(syncing);
      flush();
      powerSafe.close();
      if (killSafe !== powerSafe) killSafe.close();
    },
  };
}

/** Writes that follow each other share one wait for the disk. */
const soonMs = 50;

/**
 * Waits for the disk without holding up anybody. All that was committed since the last checkpoint stands in this file, and SQLite
 * has no lock on it that closing it would drop.
 */
async function syncFile(path: string): Promise<void> {
  const file = await fs.open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
