import { closeSync, readSync, statSync } from 'node:fs';
import { openRegularFile } from '../../core/files/regular-file.ts';

/** What Git LFS leaves in the place of a file that was not fetched begins so, and is about 130 bytes long. */
const mark = 'version https://git-lfs.github.com/spec/';
const mostBytes = 1_024;

/** Whether a file is a Git LFS pointer instead of what its name says. False for one that is not there or cannot be read. */
export function isLfsPointer(path: string): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size < mark.length || stat.size > mostBytes) return false;
    const file = openRegularFile(path);
    try {
      const head = Buffer.alloc(mark.length);
      readSync(file, head, 0, mark.length, 0);
      return head.toString('latin1') === mark;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
}
