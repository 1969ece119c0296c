import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { platform } from 'node:process';
import { type LockHolder, parseHolder } from './lock-holder.ts';

/** A directory where locks of one project may lie, and how their files are called there. */
export interface LockPlace {
  readonly directory: string;
  readonly prefix: string;
}

/** A lock file as it was read. */
export interface FoundLock {
  readonly path: string;
  /** Undefined when it is being written, or is no lock. */
  readonly holder: LockHolder | undefined;
  /** When its holder last touched it, by the clock of the file system. */
  readonly mtimeMs: number;
}

/**
 * Where a project is locked: beside it, where everybody who opens it looks, from other containers and machines too; and, for
 * whoever may not write there, in a directory that every user of the machine may write, whatever TMPDIR is.
 */
export function lockPlaces(projectPath: string): readonly LockPlace[] {
  const id = createHash('sha256').update(projectPath).digest('hex').slice(0, 24);
  return [
    { directory: dirname(projectPath), prefix: `.${basename(projectPath)}.` },
    { directory: sharedDirectory(), prefix: `wwiseflow-${id}.` },
  ];
}

/** Writes a new lock to the first place that takes it; gives its path, or undefined when none does. */
export function writeLock(places: readonly LockPlace[], holder: LockHolder): string | undefined {
  for (const { directory, prefix } of places) {
    const path = join(directory, `${prefix}${randomBytes(6).toString('hex')}${suffix}`);
    try {
      // A link that somebody laid in a directory that all may write is not followed.
      writeFileSync(path, lockText(holder), { flag: 'wx' });
    } catch {
      continue;
    }
    letAllRead(path);
    return path;
  }
  return undefined;
}

/** Replaces what a lock says at once, so that who reads it finds the old or the new; throws what the file system says. */
export function rewriteLock(path: string, holder: LockHolder): void {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, lockText(holder), { flag: 'wx' });
    letAllRead(draft);
    renameSync(draft, path);
  } catch (failure) {
    rmSync(draft, { force: true });
    throw failure;
  }
}

function lockText(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** Every lock that lies there but the one at `ownPath`. */
export function otherLocks(places: readonly LockPlace[], ownPath: string | undefined): readonly FoundLock[] {
  return places.flatMap(({ directory, prefix }) =>
    namesIn(directory)
      .filter((name) => name.startsWith(prefix) && lockName.test(name.slice(prefix.length)))
      .map((name) => join(directory, name))
      .filter((path) => path !== ownPath)
      .flatMap((path) => readLock(path) ?? []),
  );
}

/** Locks that were being rewritten when whoever did it died: nobody reads them. */
export function abandonedDrafts(places: readonly LockPlace[]): readonly FoundLock[] {
  return places.flatMap(({ directory, prefix }) =>
    namesIn(directory)
      .filter((name) => name.startsWith(prefix) && draftName.test(name.slice(prefix.length)))
      .flatMap((name) => readLock(join(directory, name)) ?? []),
  );
}

/** Undefined when there is none any more. */
export function readLock(path: string): FoundLock | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return undefined;
  return {
    path,
    holder: stats.size > longestLock ? undefined : parseHolder(textOf(path)),
    mtimeMs: stats.mtimeMs,
  };
}

const suffix = '.lock';
/** What is called otherwise is not ours to remove. */
const lockName = /^[0-9a-f]{12}\.lock$/;
const draftName = /^[0-9a-f]{12}\.lock\.[0-9a-f]{8}$/;
const longestLock = 64 * 1024;

/** In a directory that all may write, something else may lie there by now, and a pipe would be waited for. */
function textOf(path: string): string {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  let file: number | undefined;
  try {
    file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    return fstatSync(file).isFile() ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Whatever the umask is: another user must see who has the project. */
function letAllRead(path: string): void {
  try {
    chmodSync(path, 0o644);
  } catch {
    // A file system without modes.
  }
}

function sharedDirectory(): string {
  const shared = platform === 'win32' ? join(dirname(homedir()), 'Public') : '/tmp';
  return existsSync(shared) ? shared : tmpdir();
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
