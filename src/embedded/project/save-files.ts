import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { PhysicalFolder } from '../model/physical-folders.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';
import { printWwu } from '../wwu/print.ts';
import {
  clearOldDirectories,
  hasMoved,
  makeNewDirectories,
  removeNewDirectories,
} from './move-directories.ts';
import { hashOf } from './read-files.ts';
import { isSamePlace } from './same-place.ts';
import { writeFiles } from './write-files.ts';

/**
 * Writes the files whose bytes changed, each to a temporary file that is flushed and renamed, so that a crash leaves every
 * file whole. Looks at all of them first: when one was changed on disk since it was read, nothing is written.
 * Returns the absolute paths written.
 */
export function saveFiles(files: readonly ProjectFile[]): readonly string[] {
  return writeChanged(files, (path) => rmSync(path, { force: true }));
}

/**
 * The same for a whole project, `files` with the .wproj first, together with its folders: those that were renamed or moved
 * take their directories along. A crash leaves either the former folders or the new ones in the .wproj, all Work Units in place.
 */
export function saveProject(
  files: readonly ProjectFile[],
  folders: readonly PhysicalFolder[],
): readonly string[] {
  if (!folders.some(hasMoved)) return saveFiles(files);
  refuseConflicts(files.filter(isFileDirty));
  makeNewDirectories(folders);
  const left: string[] = [];
  // The .wproj last, and nothing goes from the old places before it names the new ones.
  const inOrder = [...files.slice(1), ...files.slice(0, 1)];
  const written = orElse(
    () => writeChanged(inOrder, (path) => left.push(path)),
    () => removeNewDirectories(folders),
  );
  for (const path of left) rmSync(path, { force: true });
  clearOldDirectories(folders);
  return written;
}

function orElse<T>(work: () => T, cleanUp: () => void): T {
  try {
    return work();
  } catch (failure) {
    cleanUp();
    throw failure;
  }
}

function writeChanged(files: readonly ProjectFile[], leave: (formerPath: string) => void): readonly string[] {
  // What moves within one file names that file twice.
  const dirty = [...new Set(files)].filter(isFileDirty);
  refuseConflicts(dirty);
  const pending = leavingFirst(dirty).map((file) => ({ file, bytes: printWwu(file.document) }));
  const taken = new Set(dirty.map(({ filePath }) => filePath));
  const written: string[] = [];
  const changed = pending.flatMap(({ file, bytes }) => {
    const hash = hashOf(bytes);
    if (hash === file.savedHash && file.filePath === file.savedPath) {
      file.savedState = file.state;
      return [];
    }
    const placed = () => {
      const { savedPath } = file;
      file.savedHash = hash;
      file.savedPath = file.filePath;
      file.savedState = file.state;
      written.push(file.filePath);
      if (savedPath === null || taken.has(savedPath)) return;
      if (!isSamePlace(savedPath, file.filePath)) leave(savedPath);
    };
    return [{ filePath: file.filePath, bytes, placed }];
  });
  writeFiles(changed);
  return written;
}

/**
 * Files in the order in which they can be written: one that was renamed is in its new place before another takes its former
 * one. Throws where files change places with each other: a crash in between would lose one of them.
 */
function leavingFirst(files: readonly ProjectFile[]): readonly ProjectFile[] {
  const ordered: ProjectFile[] = [];
  let left = files;
  while (left.length > 0) {
    const held = formerPlaces(left);
    const free = left.filter(({ filePath, savedPath }) => filePath === savedPath || !held.has(filePath));
    if (free.length === 0) {
      const paths = left.map(({ filePath }) => filePath);
      throw waapiErrors.fileError(
        `Not saved: ${paths.join(', ')} exchange their names. Nothing was written; rename one of them, save, and rename it back.`,
        { files: paths, reason: 'names_exchanged' },
      );
    }
    ordered.push(...free);
    left = left.filter((file) => !free.includes(file));
  }
  return ordered;
}

function formerPlaces(files: readonly ProjectFile[]): ReadonlySet<string> {
  return new Set(files.filter(isRenamed).flatMap(({ savedPath }) => savedPath ?? []));
}

/** Whether a file is to lie elsewhere than it does. */
export function isRenamed({ filePath, savedPath }: ProjectFile): boolean {
  return savedPath !== null && savedPath !== filePath;
}

/** Throws ak.wwise.file_error when one of the files is not on disk as it was last read or written. */
export function refuseConflicts(files: readonly ProjectFile[]): void {
  const leaving = formerPlaces(files);
  const conflicts = files
    .filter((file) => changedOnDisk(file, leaving))
    .map((file) => file.savedPath ?? file.filePath);
  if (conflicts.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${conflicts.join(', ')} changed on disk since the project was opened. Nothing was written; the edits are still in memory.`,
    { files: conflicts, reason: 'changed_on_disk' },
  );
}

function changedOnDisk(file: ProjectFile, leaving: ReadonlySet<string>): boolean {
  const isTaken = existsSync(file.filePath) && !leaving.has(file.filePath);
  if (file.savedPath === null) return isTaken;
  if (isTaken && !isSamePlace(file.savedPath, file.filePath)) return true;
  return !existsSync(file.savedPath) || hashOf(readFileSync(file.savedPath)) !== file.savedHash;
}
