import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/core/json.ts';

/** Writes presets into this folder; gives the options of a program that knows them. */
export function presetsIn(dir: string, presets: Readonly<Record<string, JsonObject>>): readonly string[] {
  mkdirSync(join(dir, 'presets'), { recursive: true });
  for (const [name, preset] of Object.entries(presets))
    writeFileSync(join(dir, 'presets', `${name}.json`), JSON.stringify(preset));
  return ['--presets', join(dir, 'presets')];
}
