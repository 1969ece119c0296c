import { existsSync, readFileSync, rmSync } from 'node:fs';
import { waapiErrors } from '../functions/waapi-errors.ts';
import type { PhysicalFolder } from '../model/physical-folders.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
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
  const pending = [...new Set(files)]
    .filter(isFileDirty)
    .map((file) => ({ file, bytes: printWwu(file.document) }));
  refuseConflicts(pending.map(({ file }) => file));
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
      if (savedPath !== null && !isSamePlace(savedPath, file.filePath)) leave(savedPath);
    };
    return [{ filePath: file.filePath, bytes, placed }];
  });
  writeFiles(changed);
  return written;
}

/** Throws ak.wwise.file_error when one of the files is not on disk as it was last read or written. */
export function refuseConflicts(files: readonly ProjectFile[]): void {
  const conflicts = files.filter(changedOnDisk).map((file) => file.savedPath ?? file.filePath);
  if (conflicts.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${conflicts.join(', ')} changed on disk since the project was opened. Nothing was written; the edits are still in memory.`,
    { files: conflicts, reason: 'changed_on_disk' },
  );
}

function changedOnDisk(file: ProjectFile): boolean {
  if (file.savedPath === null) return existsSync(file.filePath);
  const movesOnto = existsSync(file.filePath) && !isSamePlace(file.savedPath, file.filePath);
  if (movesOnto) return true;
  return !existsSync(file.savedPath) || hashOf(readFileSync(file.savedPath)) !== file.savedHash;
}
