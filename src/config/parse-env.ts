import { delimiter } from 'node:path';
import { nearest } from '../core/text/nearest.ts';
import { readTextValue } from './read-text-value.ts';
import { secretPrefix } from './secrets-of.ts';
import type { Said, SaidSettings, Setting, SettingKey } from './setting.ts';
import { settings } from './settings.ts';

/**
 * Reads the WWISEFLOW_* variables; relative paths count from `cwd`. An empty variable, or one that a bundle left unfilled, counts as absent; an unknown one gives
 * a warning.
 * @throws WwiseFlowError INVALID_INPUT that names the variable
 */
export function parseEnv(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { settings: SaidSettings; warnings: string[] } {
  const found = new Map<SettingKey, Said>();
  for (const setting of settings) {
    const text = env[setting.env]?.trim();
    if (text === undefined || text === '' || isUnfilled(text)) continue;
    const value = readTextValue(setting, textsOf(setting, text), setting.env, cwd);
    found.set(setting.key, { value, origin: { from: 'variable', name: setting.env } });
  }
  const known = settings.map((setting) => setting.env);
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith(prefix) && !known.includes(name) && !isOther(name))
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

/** Variables that are no settings: secrets of workflows, and the reference that files are generated from. */
function isOther(name: string): boolean {
  return name === 'WWISEFLOW_SHARED' || name.startsWith(secretPrefix);
}

/** What the host of an .mcpb bundle leaves where its user said nothing. */
function isUnfilled(text: string): boolean {
  return /^\$\{user_config\.\w+\}$/.test(text);
}

function textsOf({ kind }: Setting, text: string): string[] {
  if (kind === 'paths') return text.split(delimiter).filter((dir) => dir !== '');
  // Windows paths hold the colon that separates paths elsewhere.
  if (kind === 'mappings' || kind === 'timeouts') return text.split(';').filter((pair) => pair.trim() !== '');
  return [text];
}
