import { createHash } from 'node:crypto';

/** What names a file's bytes: their SHA-256. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
