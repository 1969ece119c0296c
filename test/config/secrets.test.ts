import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { configSchema } from '../../src/config/file/config-schema.ts';
import { configDisk } from '../../src/config/file/disk.ts';
import type { Json, JsonObject } from '../../src/core/json.ts';
import { newTempDir } from '../harness/temp-dir.ts';

function read(
  file: JsonObject,
  env: Record<string, string> = {},
  argv: readonly string[] = ['--config', 'own.json'],
) {
  const cwd = newTempDir('config-secrets');
  writeFileSync(join(cwd, argv.length === 0 ? 'wwiseflow.config.json' : 'own.json'), JSON.stringify(file));
  writeFileSync(join(cwd, 'key.txt'), 'from the file\n');
  mkdirSync(join(cwd, 'home'));
  return readConfig({
    argv,
    env,
    cwd,
    homeDir: join(cwd, 'home'),
    platform: 'linux',
    version: '0',
    disk: configDisk,
  });
}

const named: Record<string, Json> = { A: { env: 'KEY_A' }, 'music/A': { file: 'key.txt' } };

describe('the secrets of workflows', () => {
  it('stand in variables and files that the configuration names, and are read when they are asked for', () => {
    const { secrets, settings, warnings } = read({ secrets: named }, { KEY_A: 'of the variable' });
    expect([secrets.get('A')?.(), secrets.get('music/A')?.()]).toEqual(['of the variable', 'from the file']);
    expect(JSON.stringify([settings, warnings])).not.toMatch(/of the variable|from the file/);
  });

  it('stand in variables of their own, which are stronger', () => {
    const { secrets, warnings } = read({ secrets: named }, { WWISEFLOW_SECRET_A: 'its own', KEY_A: 'x' });
    expect(secrets.get('A')?.()).toBe('its own');
    expect(warnings).toEqual([]);
  });

  it('are those of the environment where it names some', () => {
    const file = { secrets: named, environments: { prod: { secrets: { A: { env: 'KEY_P' } } } } };
    const { secrets } = read(file, { KEY_P: 'of prod' }, ['--config', 'own.json', '--env', 'prod']);
    expect(secrets.get('A')?.()).toBe('of prod');
    expect([...secrets.keys()]).toEqual(['A', 'music/A']);
  });

  it('that are not there are an error when they are asked for, not before', () => {
    expect(() => read({ secrets: named }).secrets.get('A')?.()).toThrow('"/secrets/A"');
  });

  it.each([
    ['a value', { secrets: { A: 'written out' } }, 'only as a reference'],
    ['a name that no expression can read', { secrets: { 'a-b': { env: 'X' } } }, 'is no name of a secret'],
    ['a list', { secrets: [] }, 'must be an object'],
  ])('are refused as %s', (_, file, message) => {
    expect(() => read(file as JsonObject)).toThrow(message);
  });

  it('are not chosen by a file that was only found in the current directory', () => {
    expect(() => read({ secrets: named }, {}, [])).toThrow(
      /"\/secrets\/A".*only found in the current directory/,
    );
  });

  it('are in the schema of the file', () => {
    const accepts = new Ajv2020().compile(configSchema());
    expect(accepts({ secrets: named })).toBe(true);
    expect(accepts({ secrets: { A: 'written out' } })).toBe(false);
  });
});
