import { mkdirSync } from 'node:fs';
import { notWritten } from './system-failure.ts';

/** Makes a folder, and those around it, where there is none. Throws FILE_READ_ONLY. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    throw notWritten(path, cause);
  }
}
