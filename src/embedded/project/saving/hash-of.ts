import { createHash } from 'node:crypto';

/** What names a file's bytes: their SHA-256. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The same, yielding between pieces: see core/turns/turns.ts. */
export function* hashSteps(bytes: Uint8Array): Generator<void, string> {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += bytesPerStep) {
    if (at > 0) yield;
    hash.update(bytes.subarray(at, at + bytesPerStep));
  }
  return hash.digest('hex');
}

const bytesPerStep = 2 * 1024 * 1024;
