import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProjectFile } from '../../model/index/project-file.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { realPlace } from '../disk/real-place.ts';

/** Whether files can be made in a project's folder, as a save must. */
export function isFolderWritable(projectPath: string): boolean {
  return mayWrite(dirname(projectPath));
}

/** In words, for whoever opens a project that can only be read. */
export function readOnlyNotice(projectPath: string): string {
  return `${dirname(projectPath)} can only be read by this user: the project is open for reading, and every edit is refused.`;
}

/** Throws ak.wwise.file_error when nothing of the project could be saved. */
export function refuseReadOnlyFolder(projectPath: string): void {
  if (isFolderWritable(projectPath)) return;
  const folder = dirname(projectPath);
  throw waapiErrors.fileError(
    `Not done: ${folder} can only be read by this user, so that nothing of the project could be saved.`,
    { files: [folder], reason: 'read_only' },
  );
}

/** Throws ak.wwise.file_error naming those of these files that could not be saved; a new file has only its folder. */
export function refuseReadOnlyFiles(files: readonly ProjectFile[]): void {
  const refused = files.flatMap(({ savedPath, filePath }) => {
    const path = realPlace(savedPath ?? filePath);
    return isReadOnly(path) ? [savedPath ?? filePath] : [];
  });
  if (refused.length === 0) return;
  throw waapiErrors.fileError(
    `Not done: ${refused.join(', ')} ${refused.length === 1 ? 'is' : 'are'} read-only, so that the edit could not be saved.`,
    { files: refused, reason: 'read_only' },
  );
}

/** Version control takes the right to write from everybody; whoever administers the machine has it all the same. */
export function isReadOnly(path: string): boolean {
  if (!existsSync(path)) return existsSync(dirname(path)) && !mayWrite(dirname(path));
  return (statSync(path).mode & 0o222) === 0 || !mayWrite(path) || !mayWrite(dirname(path));
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
