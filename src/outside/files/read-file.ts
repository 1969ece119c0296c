import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { systemCode } from '../../core/files/system-code.ts';
import type { OutsideFile } from '../../core/outside/outside.ts';

/** A table of more than this is for a database. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The bytes of a file that was checked. */
export function readOutsideFile(path: string): OutsideFile {
  try {
    return { path, bytes: readRegularFile(path, MOST_BYTES) };
  } catch (cause) {
    if (systemCode(cause) === 'EFBIG') throw tooLarge(path);
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `"${path}" cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      { hint: 'Give the path of an ordinary file that this user may read.', details: { path }, cause },
    );
  }
}

function tooLarge(path: string): WwiseFlowError {
  return new WwiseFlowError(
    'PAYLOAD_TOO_LARGE',
    `"${path}" is larger than ${MOST_BYTES / 1024 / 1024} MB, more than a node reads at once.`,
    { hint: 'Split it, or read it from a database.', details: { path, mostBytes: MOST_BYTES } },
  );
}
