import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { asJsonObject } from '../../core/json.ts';
import { migrations } from './migrations.ts';

/** How long a process waits for another one that writes to the same state directory. */
const BUSY_TIMEOUT_MS = 5_000;

/** The file inside the state directory. */
const DATABASE_FILE = 'wwiseflow.db';

export interface DatabaseOptions {
  /**
   * True: every commit is on disk when the call returns (synchronous=FULL), for records that must survive a power cut.
   * False: a commit may be lost with the power, never torn (synchronous=NORMAL).
   */
  readonly durable: boolean;
}

/**
 * Opens `wwiseflow.db` in the state directory (created when missing), or a database in memory when there is none.
 * Brings its tables up to date. Several processes may hold the same directory: SQLite runs in WAL mode and writers wait
 * for each other.
 */
export function openDatabase(stateDir: string | null, options: DatabaseOptions): Database.Database {
  if (stateDir !== null) mkdirSync(stateDir, { recursive: true });
  const database = new Database(stateDir === null ? ':memory:' : join(stateDir, DATABASE_FILE), {
    timeout: BUSY_TIMEOUT_MS,
  });
  if (stateDir !== null) patiently(() => database.pragma('journal_mode = WAL'));
  database.pragma(`synchronous = ${options.durable ? 'FULL' : 'NORMAL'}`);
  patiently(() => migrate(database));
  return database;
}

/** Runs the migrations this file has not seen. The write lock is taken first, so two processes never run the same one. */
function migrate(database: Database.Database): void {
  if (versionOf(database) >= migrations.length) return;
  database
    .transaction(() => {
      for (const [index, sql] of migrations.entries()) {
        if (index >= versionOf(database)) database.exec(`${sql}; PRAGMA user_version = ${index + 1};`);
      }
    })
    .immediate();
}

function versionOf(database: Database.Database): number {
  const version = asJsonObject(database.pragma('user_version', { simple: true })).user_version;
  return typeof version === 'number' ? version : 0;
}

/** Switching a new file to WAL answers "locked" at once instead of waiting, so the waiting is done here. */
function patiently(work: () => void): void {
  const giveUpAtMs = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      const busy = error instanceof Error && /locked|busy/i.test(error.message);
      if (!busy || Date.now() > giveUpAtMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}
