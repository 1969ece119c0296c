import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { atOnce } from '../../../core/turns/turns.ts';
import { temporaryName } from './leftovers.ts';

/** Puts a file in its place whole, and on the disk before it returns. A missing folder is made. Throws what the system throws. */
export function writeDurably(path: string, pieces: Iterable<Uint8Array>, mode?: number): void {
  atOnce(writeDurablySteps(path, pieces, mode));
}

/** The same, yielding between two pieces: see core/turns/turns.ts. */
export function* writeDurablySteps(
  path: string,
  pieces: Iterable<Uint8Array>,
  mode?: number,
): Generator<void, void> {
  const temporary = join(dirname(path), temporaryName(path));
  try {
    yield* writeFlushedSteps(temporary, pieces, mode);
    renameSync(temporary, path);
  } catch (failure) {
    discardFile(temporary);
    throw failure;
  }
  flushDirectory(dirname(path));
}

/** Writes a new file and flushes it. What has this name goes first: it may be another name of a file in use. */
export function writeFlushed(path: string, bytes: Uint8Array): void {
  atOnce(writeFlushedSteps(path, [bytes]));
}

/** The same, yielding between two pieces. */
export function* writeFlushedSteps(
  path: string,
  pieces: Iterable<Uint8Array>,
  mode?: number,
): Generator<void, void> {
  mkdirSync(dirname(path), { recursive: true });
  discardFile(path);
  const descriptor = openSync(path, 'wx', mode);
  try {
    for (const bytes of pieces) {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      yield;
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Gives a file the rights of another, where that is there. */
export function takeRights(path: string, from: string): void {
  if (existsSync(from)) chmodSync(path, statSync(from).mode);
}

/** Removes a file; what is none (a folder of that name) stays. */
export function discardFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) rmSync(path, { force: true });
}

/** So that names survive a power cut, too. Windows cannot open a directory, and needs not. */
export function flushDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The files are written; only their names may be late.
  }
}
