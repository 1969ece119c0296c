import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  rmSync,
  unlinkSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { systemCode } from '../../core/files/system-code.ts';
import { notWritten } from './system-failure.ts';

/**
 * Gives a file another path, and leaves what has that path already: FILE_CONFLICT. False where it had been moved before. A missing
 * folder is made. FILE_NOT_FOUND, FILE_UNREADABLE for what is no file.
 */
export function moveOutsideFile(from: string, to: string): boolean {
  if (!existsSync(from) && existsSync(to)) return false;
  mustBeFile(from);
  try {
    mkdirSync(dirname(to), { recursive: true });
    // A link is refused where the name is taken, which a renaming would not be.
    linkSync(from, to);
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') throw taken(from, to);
    copyWhole(from, to);
  }
  try {
    unlinkSync(from);
  } catch (cause) {
    rmSync(to, { force: true });
    throw notWritten(from, cause);
  }
  return true;
}

/** Deletes a file. False where there is none. */
export function removeOutsideFile(path: string): boolean {
  if (!existsSync(path)) return false;
  mustBeFile(path);
  try {
    unlinkSync(path);
    return true;
  } catch (cause) {
    throw notWritten(path, cause);
  }
}

/** To another disk, or where the file system has no links. What was not copied whole is taken away again. */
function copyWhole(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') throw taken(from, to);
    rmSync(to, { force: true });
    throw notWritten(to, cause);
  }
  if (Buffer.compare(readRegularFile(from), readRegularFile(to)) === 0) return;
  rmSync(to, { force: true });
  throw notWritten(to, new Error('what was copied is not what was to be copied'));
}

function mustBeFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isFile() === true) return;
  throw new WwiseFlowError(
    found === undefined ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
    found === undefined ? `There is no file "${path}".` : `"${path}" is no file.`,
    { hint: 'Give the path of an ordinary file.', details: { path } },
  );
}

function taken(from: string, to: string): WwiseFlowError {
  return new WwiseFlowError('FILE_CONFLICT', `"${to}" exists: "${from}" was left where it is.`, {
    hint: 'Move it to another folder.',
    details: { path: to, from },
  });
}
