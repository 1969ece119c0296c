import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { waapiErrors } from '../functions/waapi-errors.ts';
import { isFileDirty, type ProjectFile } from '../model/project-file.ts';
import { printWwu } from '../wwu/print.ts';
import { hashOf } from './read-files.ts';

/**
 * Writes the files whose bytes changed, each to a temporary file that is flushed and renamed, so that a crash leaves every
 * file whole. Looks at all of them first: when one was changed on disk since it was read, nothing is written.
 * Returns the absolute paths written.
 */
export function saveFiles(files: readonly ProjectFile[]): readonly string[] {
  const pending = files.filter(isFileDirty).map((file) => ({ file, bytes: printWwu(file.document) }));
  refuseConflicts(pending.map(({ file }) => file));
  const written: string[] = [];
  for (const { file, bytes } of pending) {
    const hash = hashOf(bytes);
    if (hash !== file.savedHash || file.filePath !== file.savedPath) {
      mkdirSync(dirname(file.filePath), { recursive: true });
      writeFileAtomic.sync(file.filePath, bytes, { fsync: true });
      if (file.savedPath !== null && file.savedPath !== file.filePath)
        rmSync(file.savedPath, { force: true });
      written.push(file.filePath);
    }
    file.savedHash = hash;
    file.savedPath = file.filePath;
    file.savedState = file.state;
  }
  return written;
}

function refuseConflicts(files: readonly ProjectFile[]): void {
  const conflicts = files.filter(changedOnDisk).map((file) => file.savedPath ?? file.filePath);
  if (conflicts.length === 0) return;
  throw waapiErrors.fileError(
    `Not saved: ${conflicts.join(', ')} changed on disk since the project was opened. Nothing was written; the edits are still in memory.`,
    { files: conflicts, reason: 'changed_on_disk' },
  );
}

function changedOnDisk(file: ProjectFile): boolean {
  const movesOnto = file.filePath !== file.savedPath && existsSync(file.filePath);
  if (file.savedPath === null || movesOnto) return existsSync(file.filePath);
  return !existsSync(file.savedPath) || hashOf(readFileSync(file.savedPath)) !== file.savedHash;
}
