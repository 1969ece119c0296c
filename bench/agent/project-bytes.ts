import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One text for all that lies in a folder, to the byte; but not who has it open, which is in files whose names begin with a dot. */
export function bytesBelow(dir: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  for (const file of files)
    hash
      .update(file.slice(dir.length))
      .update('\0')
      .update(createHash('sha256').update(readFileSync(file)).digest());
  return hash.digest('hex');
}
