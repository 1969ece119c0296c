import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ConfigDisk } from './config-file.ts';

/** The real disk. */
export const configDisk: ConfigDisk = { readText, realPath };

/** A configuration, or a secret, is never longer. */
const maxBytes = 1_000_000;

function readText(path: string): string | undefined {
  try {
    const facts = statSync(path);
    // A pipe would wait for somebody to write.
    if (!facts.isFile()) throw new Error('it is no file');
    if (facts.size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw thrown;
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
