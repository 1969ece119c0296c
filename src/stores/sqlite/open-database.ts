import Database from 'libsql';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject } from '../../core/json.ts';
import { migrations } from './migrations.ts';
import { preparedDatabaseFile } from './state-directory.ts';

/** How long a process waits for another one that writes to the same state directory. */
const BUSY_TIMEOUT_MS = 5_000;

/** The file inside the state directory. */
export const DATABASE_FILE = 'wwiseflow.db';

/**
 * Opens `wwiseflow.db` in the state directory (created when missing), or a database in memory when there is none.
 * Brings its tables up to date. Several processes may hold the same directory: SQLite runs in WAL mode and writers wait
 * for each other. Directory and files are the user's alone.
 * @throws WwiseFlowError STATE_NEWER for a file that a newer version wrote: nothing in it was touched. Else what SQLite says.
 */
export function openDatabase(stateDir: string | null): Database.Database {
  const path = stateDir === null ? ':memory:' : preparedDatabaseFile(stateDir, DATABASE_FILE);
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    patiently(() => refuseNewer(database, path));
    if (stateDir !== null) patiently(() => database.pragma('journal_mode = WAL'));
    // A commit may be lost with the power, never torn: who needs more waits for the disk.
    database.pragma('synchronous = NORMAL');
    patiently(() => migrate(database));
    return database;
  } catch (failure) {
    database.close();
    throw failure;
  }
}

/** What its tables mean is not known here, so nothing may be written, and what is read may be wrong. */
function refuseNewer(database: Database.Database, path: string): void {
  const version = versionOf(database);
  if (version <= migrations.length) return;
  throw new WwiseFlowError(
    'STATE_NEWER',
    `The state file "${path}" was written by a newer WwiseFlow: its version is ${version}, this one knows ${migrations.length}.`,
    {
      hint: 'Update WwiseFlow, or start this one with --state and another directory.',
      details: { stateFile: path, version, known: migrations.length },
    },
  );
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
