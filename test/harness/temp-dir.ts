import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A directory of its own for the tests of the file (or `describe`) that asks for it; gone when they are done. */
export function tempDir(name: string): string {
  const dir = newTempDir(name);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** The real path of a new directory, for whoever removes it himself. */
export function newTempDir(name: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `wwiseflow-${name}-`)));
}
