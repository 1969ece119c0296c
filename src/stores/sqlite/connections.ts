import { join } from 'node:path';
import type Database from 'libsql';
import { asJsonObject } from '../../core/json.ts';
import type { Durability } from '../../core/stores/durability.ts';
import { createDiskWait } from './disk-wait.ts';
import { createGroupCommit, stateNotWritten } from './group-commit.ts';
import { DATABASE_FILE, openDatabase } from './open-database.ts';

/** The connection of this process to one state file, and its writes and reads in the order they were asked for. */
export interface Connections {
  /** Prepares statements. */
  readonly database: Database.Database;
  /**
   * Resolves once the promise of this class holds. What waits for the disk holds up nobody else. `isOneStatement`: the work is no
   * more than that.
   */
  write<T>(durability: Durability, work: () => T, isOneStatement?: boolean): Promise<T>;
  /** Reads after every write asked for so far. */
  read<T>(work: () => T): Promise<T>;
  /** Resolves once every write so far is on disk, whatever its class. */
  sync(): Promise<void>;
  /** The same within a moment, while others go on. */
  syncSoon(): void;
  close(): Promise<void>;
}

/**
 * Opens it; in memory (null), or where nothing is wanted to be power-safe, nothing waits for the disk. Throws as `openDatabase`
 * does.
 */
export function openConnections(stateDir: string | null, most: Durability): Connections {
  const database = openDatabase(stateDir);
  const path = stateDir === null ? 'The memory' : join(stateDir, DATABASE_FILE);
  const group = createGroupCommit(database, path);
  const mustSync = stateDir !== null && most === 'powerSafe';
  const disk = mustSync && hasLog(database) ? createDiskWait(`${path}-wal`) : undefined;
  // Where the file system has no such log each commit waits for the disk by itself.
  if (mustSync && disk === undefined) database.pragma('synchronous = FULL');
  const synced = async (): Promise<void> => {
    await disk?.synced().catch((reason: unknown) => {
      throw stateNotWritten(reason, path);
    });
  };
  let syncing: NodeJS.Timeout | undefined;
  const sync = async (): Promise<void> => {
    clearTimeout(syncing);
    syncing = undefined;
    group.flush();
    await synced();
  };
  return {
    sync,
    syncSoon: () => {
      if (disk === undefined || syncing !== undefined) return;
      // What fails here fails again where somebody waits for it.
      syncing = setTimeout(() => sync().catch(() => {}), soonMs).unref();
    },
    database,
    write: async (durability, work, isOneStatement) => {
      const given = await group.write(work, isOneStatement);
      if (durability === 'powerSafe') await synced();
      return given;
    },
    read: async (work) => {
      await group.settled();
      return work();
    },
    close: async () => {
      clearTimeout(syncing);
      group.flush();
      // Who wrote just before goes on to wait in the next turn.
      await new Promise((resolve) => setImmediate(resolve));
      await disk?.close();
      database.close();
    },
  };
}

/** Writes that follow each other share one wait for the disk. */
const soonMs = 50;

function hasLog(database: Database.Database): boolean {
  return asJsonObject(database.pragma('journal_mode', { simple: true })).journal_mode === 'wal';
}
