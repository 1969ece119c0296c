import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the state directory (0700) and the database file in it (0600) where they are missing, and takes from others what an
 * older version let them read. SQLite gives its -wal and -shm the mode of the database. Returns the path of the database.
 * Nothing of that is known to Windows, where the user's folder keeps others out.
 */
export function preparedDatabaseFile(stateDir: string, fileName: string): string {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, fileName);
  if (process.platform === 'win32') return path;
  if (isOurs(stateDir)) withdraw(stateDir, 0o700);
  // Opening and closing a file that SQLite holds in this process would drop its locks: only one that is not there is opened.
  if (!existsSync(path)) createEmpty(path);
  withdraw(join(stateDir, 'runs'), 0o700);
  for (const suffix of ['', '-wal', '-shm', '-journal']) withdraw(`${path}${suffix}`, 0o600);
  return path;
}

/** Somebody may name a directory that holds other things, even /tmp: the mode of such a one is not ours to change. */
function isOurs(stateDir: string): boolean {
  const isSticky = (statSync(stateDir).mode & 0o1000) !== 0;
  return !isSticky && readdirSync(stateDir).every((name) => ourNames.test(name));
}

/** The database, the folders of the runs and of the artifacts, whatever else begins with our name, and workflows that were exported. */
const ourNames = /^(wwiseflow\b.*|runs|artifacts|recovery|unsaved|.+\.json)$/;

function createEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (failure) {
    // Another process was first.
    if (!existsSync(path)) throw failure;
  }
}

/** Takes every right beyond `mode`. What belongs to another user stays as it is. */
function withdraw(path: string, mode: number): void {
  const present = statSync(path, { throwIfNoEntry: false })?.mode;
  if (present === undefined || (present & 0o777 & ~mode) === 0) return;
  try {
    chmodSync(path, present & mode);
  } catch {
    // Not ours, or a file system without modes.
  }
}
