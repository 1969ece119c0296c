import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';

/**
 * Opens a file for reading and gives its descriptor. Throws NotRegularFile for whatever else stands at the path: opening a
 * named pipe would wait for a writer for ever, and a device may do anything. Otherwise throws what the system throws.
 */
export function openRegularFile(path: string): number {
  // Looked at before it is opened, since opening alone moves some devices; and after, since it may be another by then.
  refuseSpecial(path, statSync(path));
  const { O_RDONLY, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_RDONLY | O_NONBLOCK);
  try {
    refuseSpecial(path, fstatSync(file));
  } catch (problem) {
    closeSync(file);
    throw problem;
  }
  return file;
}

/**
 * The bytes of a file, opened as `openRegularFile` does. Throws an Error with code EFBIG beyond `mostBytes`: files of /proc
 * say that they are empty and may have no end.
 */
export function readRegularFile(path: string, mostBytes = largestBytes): Buffer {
  const file = openRegularFile(path);
  try {
    const { size } = fstatSync(file);
    if (size > mostBytes) throw tooLarge(path, mostBytes);
    const pieces: Buffer[] = [];
    for (let total = 0; ; ) {
      // One byte more than is left of it, so that a file that did not grow ends with the second read.
      const piece = Buffer.allocUnsafe(Math.max(size - total + 1, smallestPiece));
      const read = readSync(file, piece);
      if (read === 0) return pieces.length === 1 ? (pieces[0] ?? piece) : Buffer.concat(pieces);
      total += read;
      if (total > Math.max(size, Math.min(mostBytes, mostUnannouncedBytes))) throw tooLarge(path, mostBytes);
      pieces.push(piece.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/** Writes a file, over one that is there; whatever else stands at the path is refused as `openRegularFile` does. */
export function writeRegularFile(path: string, bytes: Uint8Array): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there !== undefined) refuseSpecial(path, there);
  const { O_WRONLY, O_CREAT, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_NONBLOCK);
  try {
    refuseSpecial(path, fstatSync(file));
    ftruncateSync(file);
    writeFileSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

/** What stands at a path instead of a file or a folder: `a named pipe`, `a socket`, `a device`. Undefined for those two. */
export function specialKind(stats: Stats): string | undefined {
  if (stats.isFile() || stats.isDirectory()) return undefined;
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** A path leads to something that is not a file and must not be read as one. */
export class NotRegularFile extends Error {
  override readonly name = 'NotRegularFile';
  readonly code = 'EFTYPE';
  /** `a folder`, `a named pipe`, `a socket`, `a device`. */
  readonly kind: string;

  constructor(path: string, kind: string) {
    super(`"${path}" is ${kind}, not a file`);
    this.kind = kind;
  }
}

const smallestPiece = 64 * 1024;
/** What a file may hold beyond its size: it grows, or lies in /proc. */
const mostUnannouncedBytes = 16 * 1024 * 1024;
/** Node takes no larger file at once. */
const largestBytes = 2 * 1024 * 1024 * 1024 - 1;

function refuseSpecial(path: string, stats: Stats): void {
  const kind = stats.isDirectory() ? 'a folder' : specialKind(stats);
  if (kind !== undefined) throw new NotRegularFile(path, kind);
}

function tooLarge(path: string, mostBytes: number): Error {
  return Object.assign(new Error(`"${path}" is larger than ${mostBytes} bytes`), { code: 'EFBIG' });
}
