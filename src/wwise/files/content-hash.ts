import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Below this a file is read at once: some milliseconds at most, where a stream's way through the thread pool takes longer. In bytes. */
const SMALL_FILE_BYTES = 1_000_000;

/** SHA-256 of a file's bytes, as 64 lower-case hex digits. Large files are streamed, so that size does not matter. Rejects as `fs` does. */
export async function contentHash(filePath: string): Promise<string> {
  const hash = createHash('sha256');
  if (statSync(filePath).size <= SMALL_FILE_BYTES) return hash.update(readFileSync(filePath)).digest('hex');
  await pipeline(createReadStream(filePath), hash);
  return hash.digest('hex');
}
