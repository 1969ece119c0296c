import { closeSync, existsSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { readRegularFile } from '../../core/files/regular-file.ts';
import type { FileWritten, Outside } from '../../core/outside/outside.ts';
import { notWritten } from './system-failure.ts';

/** Adds to files, one addition to a file after the other: each sees what the one before wrote. */
export function createAppender(): Outside['appendFile'] {
  const busy = new Map<string, Promise<unknown>>();
  return async (path, addition) => {
    const before = busy.get(path) ?? Promise.resolve();
    const mine = before.then(() => append(path, addition));
    const settled = mine.catch(() => undefined);
    busy.set(path, settled);
    try {
      return await mine;
    } finally {
      if (busy.get(path) === settled) busy.delete(path);
    }
  };
}

async function append(
  path: string,
  addition: (present: Uint8Array | undefined) => Uint8Array | Promise<Uint8Array>,
): Promise<FileWritten> {
  try {
    const present = existsSync(path) ? readRegularFile(path) : undefined;
    const bytes = await addition(present);
    const before = present?.byteLength ?? 0;
    if (bytes.byteLength === 0) return { path, sizeBytes: before, isWritten: false };
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'a');
    try {
      // One write: whoever is killed has written all of it or nothing.
      for (let at = 0; at < bytes.byteLength; ) at += writeSync(file, bytes, at);
      fdatasyncSync(file);
    } finally {
      closeSync(file);
    }
    return { path, sizeBytes: before + bytes.byteLength, isWritten: true };
  } catch (cause) {
    throw cause instanceof WwiseFlowError ? cause : notWritten(path, cause);
  }
}
