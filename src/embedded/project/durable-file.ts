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
import { temporaryName } from './leftovers.ts';

/** Puts a file in its place whole, and on the disk before it returns. A missing folder is made. Throws what the system throws. */
export function writeDurably(path: string, bytes: Uint8Array, mode?: number): void {
  const temporary = join(dirname(path), temporaryName(path));
  try {
    writeFlushed(temporary, bytes, mode);
    renameSync(temporary, path);
  } catch (failure) {
    discardFile(temporary);
    throw failure;
  }
  flushDirectory(dirname(path));
}

/** Writes a new file and flushes it. What has this name goes first: it may be another name of a file in use. */
export function writeFlushed(path: string, bytes: Uint8Array, mode?: number): void {
  mkdirSync(dirname(path), { recursive: true });
  discardFile(path);
  const descriptor = openSync(path, 'wx', mode);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
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
