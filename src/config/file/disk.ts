import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readRegularFile } from '../../core/files/regular-file.ts';
import { systemCode } from '../../core/files/system-code.ts';
import type { ConfigDisk } from './config-file.ts';

/** The real disk. */
export const configDisk: ConfigDisk = { readText, realPath };

/** A configuration, or a secret, is never longer. */
const maxBytes = 1_000_000;

function readText(path: string): string | undefined {
  try {
    return readRegularFile(path, maxBytes).toString('utf8');
  } catch (thrown) {
    const code = systemCode(thrown);
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
