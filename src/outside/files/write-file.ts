import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { systemCode } from '../../core/files/system-code.ts';
import type { FileWritten } from '../../core/outside/outside.ts';
import { notWritten } from './system-failure.ts';

/**
 * Puts a file in its place whole, on the disk before it returns; a missing folder is made. A file that has these bytes already is left
 * as it is. Throws FILE_CONFLICT for `new` where another file has the name.
 */
export function writeOutsideFile(path: string, bytes: Uint8Array, mode: 'new' | 'replace'): FileWritten {
  try {
    if (existsSync(path)) {
      if (Buffer.compare(readRegularFile(path), bytes) === 0)
        return { path, sizeBytes: bytes.byteLength, isWritten: false };
      if (mode === 'new') throw taken(path);
    }
    const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      writeFlushed(temporary, bytes);
      // A link is refused where the name is taken, which a renaming would not be.
      if (mode === 'new') linkSync(temporary, path);
      else renameSync(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
    return { path, sizeBytes: bytes.byteLength, isWritten: true };
  } catch (cause) {
    if (cause instanceof WwiseFlowError) throw cause;
    throw systemCode(cause) === 'EEXIST' ? taken(path) : notWritten(path, cause);
  }
}

function writeFlushed(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'wx');
  try {
    for (let at = 0; at < bytes.byteLength; ) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function taken(path: string): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_CONFLICT',
    `"${path}" exists and holds something else: nothing was written.`,
    {
      hint: 'Write to another path, or say mode "replace" where the file is this workflow’s own.',
      details: { path },
    },
  );
}
