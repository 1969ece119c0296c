import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { waapiErrors } from '../functions/waapi-errors.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
import { printWwu } from '../wwu/print.ts';
import { hashOf } from './read-files.ts';
import { writeFiles } from './write-files.ts';

/**
 * Writes the files whose bytes changed, each to a temporary file that is flushed and renamed, so that a crash leaves every
 * file whole. Looks at all of them first: when one was changed on disk since it was read, nothing is written.
 * Returns the absolute paths written.
 */
export function saveFiles(files: readonly ProjectFile[]): readonly string[] {
  const pending = files.filter(isFileDirty).map((file) => ({ file, bytes: printWwu(file.document) }));
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
      if (savedPath !== null && !isSameFile(savedPath, file.filePath)) rmSync(savedPath, { force: true });
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
  const movesOnto = existsSync(file.filePath) && !isSameFile(file.savedPath, file.filePath);
  if (movesOnto) return true;
  return !existsSync(file.savedPath) || hashOf(readFileSync(file.savedPath)) !== file.savedHash;
}

/** Where case does not matter, `ambience.wwu` and `Ambience.wwu` are one file. */
function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.toLowerCase() !== other.toLowerCase() || !existsSync(one) || !existsSync(other)) return false;
  return statSync(one).ino === statSync(other).ino;
}
