import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asJsonArray, asJsonObject, asString } from '../../src/core/json.ts';

export const root: string = fileURLToPath(new URL('../..', import.meta.url));

export interface Packed {
  readonly tarball: string;
  readonly bytes: number;
  /** Paths in it, as in the repository. */
  readonly files: readonly string[];
}

/** Builds the package as it is published and packs it into this folder. */
export function packInto(folder: string): Packed {
  const text = npm(['pack', '--json', '--silent', '--pack-destination', folder], root);
  const [packed] = asJsonArray(JSON.parse(text.slice(text.indexOf('[')))).map(asJsonObject);
  return {
    tarball: join(folder, asString(packed?.filename) ?? ''),
    bytes: Number(packed?.size),
    files: asJsonArray(packed?.files).map((file) => String(asJsonObject(file).path)),
  };
}

export function npm(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  return execFileSync('npm', [...args], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
}

export function readInRepository(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
