import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { openRegularFile, readRegularFile } from './regular-file.ts';

/** Below this a file is read at once: some milliseconds at most, where a stream's way through the thread pool takes longer. In bytes. */
const SMALL_FILE_BYTES = 1_000_000;

/** SHA-256 of a file's bytes, as 64 lower-case hex digits. Large files are streamed, so that size does not matter. Rejects as `openRegularFile` does. */
export async function contentHash(filePath: string): Promise<string> {
  const hash = createHash('sha256');
  if (statSync(filePath).size <= SMALL_FILE_BYTES)
    return hash.update(readRegularFile(filePath)).digest('hex');
  await pipeline(createReadStream(filePath, { fd: openRegularFile(filePath) }), hash);
  return hash.digest('hex');
}
