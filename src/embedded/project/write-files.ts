import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { temporaryName } from './leftovers.ts';

export interface FileToWrite {
  /** Absolute; a missing folder is made. */
  readonly filePath: string;
  readonly bytes: Uint8Array;
  /** Called as soon as the new bytes are in place. */
  placed(): void;
}

/**
 * Writes files so that each is whole at any moment: all of them first beside their places, flushed to the disk, then each
 * renamed into its place. When one cannot be written none is: throws ak.wwise.file_error naming it. A symbolic link stays one.
 */
export function writeFiles(files: readonly FileToWrite[]): void {
  const targets = files.map((file) => ({ ...file, place: placeOf(file.filePath) }));
  refuseReadOnly(targets.map(({ place }) => place));
  const staged: (FileToWrite & { readonly temporary: string; readonly place: string })[] = [];
  try {
    for (const target of targets) {
      const { filePath, bytes, place } = target;
      const temporary = join(dirname(place), temporaryName(place));
      staged.push({ ...target, temporary });
      attempt(filePath, () => stage(temporary, place, bytes));
    }
    for (const { filePath, temporary, place, placed } of staged) {
      attempt(filePath, () => renameSync(temporary, place));
      placed();
    }
  } finally {
    for (const { temporary } of staged) discard(temporary);
  }
  for (const directory of new Set(staged.map(({ place }) => dirname(place)))) flushDirectory(directory);
}

function placeOf(filePath: string): string {
  return existsSync(filePath) ? realpathSync(filePath) : filePath;
}

/** Version control marks files it guards as read-only: a rename would walk over that. */
function refuseReadOnly(places: readonly string[]): void {
  const readOnly = places.filter((place) => existsSync(place) && (statSync(place).mode & 0o222) === 0);
  if (readOnly.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${readOnly.join(', ')} ${readOnly.length === 1 ? 'is' : 'are'} read-only. Nothing was written; check out or unlock the files and save again.`,
    { files: readOnly, reason: 'read_only' },
  );
}

function stage(temporary: string, place: string, bytes: Uint8Array): void {
  mkdirSync(dirname(place), { recursive: true });
  const descriptor = openSync(temporary, 'w');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (existsSync(place)) chmodSync(temporary, statSync(place).mode);
}

/** Gone already when it was renamed; what is not ours (a folder of that name) stays. */
function discard(temporary: string): void {
  if (statSync(temporary, { throwIfNoEntry: false })?.isFile() === true) rmSync(temporary, { force: true });
}

/** So that the renames themselves survive a power cut. Windows cannot open a directory, and needs not. */
function flushDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The files are written; only their names may be late.
  }
}

function attempt(filePath: string, work: () => void): void {
  try {
    work();
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(
      `Not saved: ${filePath} cannot be written: ${reason}. The edits are still in memory.`,
      {
        files: [filePath],
        reason: 'write_failed',
      },
    );
  }
}
