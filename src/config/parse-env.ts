import { delimiter } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import { type RawSettings, settings, splitList } from './settings.ts';

/** Reads the WWISEFLOW_* variables. An empty variable counts as absent; an unknown one gives a warning. */
export function parseEnv(env: Readonly<Record<string, string | undefined>>): {
  settings: RawSettings;
  warnings: string[];
} {
  const found: Record<string, string | boolean | string[]> = {};
  for (const setting of settings) {
    const text = env[setting.env]?.trim();
    if (text === undefined || text === '') continue;
    if (setting.kind === 'switch') found[setting.key] = readSwitch(setting.env, text);
    else if (setting.kind === 'list') found[setting.key] = splitList(text);
    else if (setting.kind === 'paths') found[setting.key] = text.split(delimiter).filter((dir) => dir !== '');
    // Windows paths hold the colon that separates paths elsewhere.
    else if (setting.kind === 'pairs')
      found[setting.key] = text.split(';').filter((pair) => pair.trim() !== '');
    else found[setting.key] = text;
  }
  const known = settings.map((setting) => setting.env);
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !known.includes(name) && name !== 'WWISEFLOW_SHARED')
    .map((name) => {
      // The shared prefix would make every name look alike.
      const [near] = nearest(
        name.slice(prefix.length),
        known.map((other) => other.slice(prefix.length)),
      );
      const meant = near === undefined ? '' : ` Did you mean "${prefix}${near}"?`;
      return `The environment variable ${name} means nothing here.${meant}`;
    });
  return { settings: found, warnings };
}

const prefix = 'WWISEFLOW_';

function readSwitch(name: string, text: string): boolean {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  if (/^(0|false|no|off)$/i.test(text)) return false;
  throw new WwiseFlowError('INVALID_INPUT', `${name}="${text}" is neither true nor false.`, {
    hint: `Set ${name}=1 or leave it out.`,
  });
}
