import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Below this a file is read in one piece, which takes a fraction of a stream's time. In bytes. */
const SMALL_FILE_BYTES = 4_000_000;

/** SHA-256 of a file's bytes, as 64 lower-case hex digits. Streams, so that size does not matter. Rejects as `fs` does. */
export async function contentHash(filePath: string): Promise<string> {
  const hash = createHash('sha256');
  if ((await stat(filePath)).size <= SMALL_FILE_BYTES)
    return hash.update(await readFile(filePath)).digest('hex');
  await pipeline(createReadStream(filePath), hash);
  return hash.digest('hex');
}
