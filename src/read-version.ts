import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asJsonObject, asString } from './core/json.ts';

/** The version of the package in this folder. */
export function readVersion(packageDir: string): string {
  const file = join(packageDir, 'package.json');
  const facts: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return asString(asJsonObject(facts).version) ?? '0.0.0';
}
