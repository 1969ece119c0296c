import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { configSchema } from '../../src/config/file/config-schema.ts';
import { configDisk } from '../../src/config/file/disk.ts';
import { parseArgv } from '../../src/config/parse-argv.ts';
import { fileKey, flagName, type Setting, type SettingKey } from '../../src/config/setting.ts';
import { settings } from '../../src/config/settings.ts';
import { asJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** A value of each setting: as options, as the variable and as it stands in a file. A new setting needs a row: the type asks for it. */
const samples: Readonly<Record<Exclude<SettingKey, 'config'>, readonly [string[], string, Json]>> = {
  env: [['prod'], 'prod', 'prod'],
  connection: [['here'], 'here', 'here'],
  wwise: [['ws://127.0.0.1:9/waapi'], 'ws://127.0.0.1:9/waapi', 'ws://127.0.0.1:9/waapi'],
  project: [['Game.wproj'], 'Game.wproj', 'Game.wproj'],
  toolsets: [['audio,events'], 'audio,events', ['audio', 'events']],
  tools: [['undo,redo'], 'undo,redo', ['undo', 'redo']],
  excludeTools: [['waapi_call'], 'waapi_call', ['waapi_call']],
  readOnly: [[], '1', true],
  forceNewer: [[], '1', true],
  profile: [['designer'], 'designer', 'designer'],
  allowDir: [['a', 'b'], ['a', 'b'].join(delimiter), ['a', 'b']],
  state: [['state'], 'state', 'state'],
  database: [['postgres://h/flow'], 'postgres://h/flow', 'postgres://h/flow'],
  artifacts: [['s3://h/flow'], 's3://h/flow', 's3://h/flow'],
  thresholds: [['t.json'], 't.json', 't.json'],
  traces: [['http://h:4318'], 'http://h:4318', 'http://h:4318'],
  queue: [['bank'], 'bank', 'bank'],
  redis: [['redis://h:1'], 'redis://h:1', 'redis://h:1'],
  expectProject: [['Game'], 'Game', 'Game'],
  wwiseConsole: [['WwiseConsole.sh'], 'WwiseConsole.sh', 'WwiseConsole.sh'],
  mapPath: [
    ['a=S:\\A', 'a=T:\\'],
    'a=S:\\A;a=T:\\',
    [
      { local: 'a', wwise: 'S:\\A' },
      { local: 'a', wwise: 'T:\\' },
    ],
  ],
  callTimeout: [
    ['default=5', 'ak.wwise.ui.captureScreen=0.5'],
    'default=5;ak.wwise.ui.captureScreen=0.5',
    { default: 5, 'ak.wwise.ui.captureScreen': 0.5 },
  ],
  lockedPatience: [['0'], '0', 0],
  idleMinutes: [['2.5'], '2.5', 2.5],
  queueLength: [['7'], '7', 7],
  maxConcurrency: [['3'], '3', 3],
  maxPerSecond: [['0.5'], '0.5', 0.5],
  presets: [['a', 'b'], ['a', 'b'].join(delimiter), ['a', 'b']],
  templates: [['a', 'b'], ['a', 'b'].join(delimiter), ['a', 'b']],
  plugin: [['./mine,loudness'], './mine,loudness', ['./mine', 'loudness']],
  allowRedirect: [['127.0.0.1'], '127.0.0.1', ['127.0.0.1']],
  allowProgram: [['ffmpeg,sox'], 'ffmpeg,sox', ['ffmpeg', 'sox']],
  logLevel: [['debug'], 'debug', 'debug'],
};

const inFile = settings.flatMap((setting) => {
  const { key } = setting;
  return key === 'config' ? [] : [{ setting, sample: samples[key] }];
});

describe('every setting', () => {
  const dir = tempDir('every-way');
  const around = { cwd: dir, homeDir: dir, platform: 'linux', version: '0', disk: configDisk };
  /** What `--connection here` and `--env prod` lead to. */
  const common: JsonObject = {
    connections: { here: { project: 'Here.wproj' } },
    environments: { prod: { limits: { queueLength: 99 } } },
  };
  const file = (content: JsonObject) => {
    mkdirSync(dir, { recursive: true });
    const path = join(dir, 'c.json');
    writeFileSync(path, JSON.stringify({ ...common, ...content }));
    return path;
  };
  const configOf = (argv: readonly string[], env: Record<string, string>) => {
    const { settings: _, ...config } = readConfig({ ...around, argv, env });
    return config;
  };
  const nested = (setting: Setting, value: Json): JsonObject =>
    asJsonObject(
      (fileKey(setting) ?? '').split('.').reduceRight((inner: Json, key): Json => ({ [key]: inner }), value),
    );

  it.each(inFile)(
    'means the same as option, as variable and in a file: $setting.key',
    ({ setting, sample }) => {
      const [texts, variable, value] = sample;
      const config = ['--config', file({})];
      const flags =
        texts.length === 0 ? [flagName(setting)] : texts.flatMap((text) => [flagName(setting), text]);
      const byFlag = configOf([...config, ...flags], {});
      expect(configOf(config, { [setting.env]: variable })).toEqual(byFlag);
      expect(configOf(['--config', file(nested(setting, value))], {})).toEqual(byFlag);
      expect(byFlag).not.toEqual(configOf(['--config', file({})], {}));
    },
  );

  it('has an option of its own, and every common option is a setting', () => {
    const { subcommand } = parseArgv(['--help'], '0');
    const shown =
      subcommand.kind === 'print'
        ? [...subcommand.text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag]) => flag)
        : [];
    expect(shown.filter((flag) => flag !== '--version')).toEqual(settings.map(flagName));
    expect(new Set(settings.map(({ env }) => env)).size).toBe(settings.length);
  });

  it('is in the schema of the file, with and without an environment', () => {
    const accepts = new Ajv2020({ strict: true, allErrors: true }).compile(configSchema());
    for (const { setting, sample } of inFile) {
      const content = nested(setting, sample[2]);
      expect(accepts(content), setting.key).toBe(true);
      const inSection = accepts({ environments: { dev: content } });
      expect(inSection, setting.key).toBe(setting.section !== 'base');
    }
  });
});
