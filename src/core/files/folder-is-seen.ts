import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';

/**
 * Whether a folder that a back-end names can be looked into from this machine. One that is merely not there yet counts as seen:
 * its parent is.
 */
export function folderIsSeen(dir: string): boolean {
  return isAbsolute(dir) && (existsSync(dir) || existsSync(dirname(dir)));
}
