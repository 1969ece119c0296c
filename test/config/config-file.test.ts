import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { configSchema } from '../../src/config/file/config-schema.ts';
import { configDisk } from '../../src/config/file/disk.ts';
import { toWwiseFlowError, type WwiseFlowError } from '../../src/core/errors.ts';
import type { Json } from '../../src/core/json.ts';
import { tempDir } from '../harness/temp-dir.ts';

const root = tempDir('config-file');
const home = join(root, 'home');
const own = join(home, '.config', 'wwiseflow', 'wwiseflow.config.json');
let count = 0;

/** A folder of its own to start in, with what a file there and the user's own file say. */
function start(files: { here?: Json | string; own?: Json | string }, argv: readonly string[] = [], env = {}) {
  count += 1;
  const cwd = join(root, `start-${count}`);
  mkdirSync(cwd, { recursive: true });
  const homeDir = join(cwd, 'home');
  const places = { here: join(cwd, 'wwiseflow.config.json'), own: own.replace(home, homeDir) };
  for (const name of ['here', 'own'] as const) {
    const content = files[name];
    if (content === undefined) continue;
    mkdirSync(dirname(places[name]), { recursive: true });
    writeFileSync(places[name], typeof content === 'string' ? content : JSON.stringify(content));
  }
  const read = (more: readonly string[] = argv) =>
    readConfig({ argv: more, env, cwd, homeDir, platform: 'linux', version: '0', disk: configDisk });
  return { cwd, places, read, refusal: (more?: readonly string[]) => errorOf(() => read(more)) };
}

function errorOf(act: () => unknown): WwiseFlowError {
  try {
    act();
  } catch (thrown) {
    return toWwiseFlowError(thrown);
  }
  throw new Error('accepted');
}

describe('a configuration file', () => {
  it('is strict: every unknown key is named with its pointer, its file and what is near', () => {
    const { refusal, places } = start({
      own: {
        limits: { queueLenght: 3 },
        readOnly: true,
        environments: { producion: {}, dev: { env: 'prod' } },
        http: {},
      },
    });
    const error = refusal();
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain(
      `"/limits/queueLenght" in ${places.own}: means nothing. Did you mean "queueLength"?`,
    );
    expect(error.details).toMatchObject({
      file: places.own,
      problems: [
        { pointer: '/limits/queueLenght' },
        { pointer: '/readOnly', message: 'means nothing. Did you mean "policies.readOnly"?' },
        { pointer: '/http', hint: expect.stringContaining('connections') },
        { pointer: '/environments/producion', message: expect.stringContaining('Did you mean "prod"?') },
        { pointer: '/environments/dev/env' },
      ],
    });
  });

  it.each([
    ['{\n  "wwise": ,\n}', 2, 12, 'expected a value'],
    ['{\n  "project": "a"\n  "state": "b"\n}', 3, 3, 'expected "," or "}"'],
    ['{ "tools": { "tools": [] }, "tools": {} }', 1, 29, '"tools" stands twice in this object'],
    ['{ // no\n}', 1, 3, 'expected the name of a member'],
    ['{ "state": "a\nb" }', 1, 12, 'this text lacks a closing quote'],
    ['{ "limits": {', 1, 14, 'but the text ends'],
    ['{} {}', 1, 4, 'expected the end'],
    ['', 1, 1, 'expected a value'],
    [`${'['.repeat(100_000)}`, 1, 66, 'nested more than 64 deep'],
  ])('that is not JSON is refused with line and column: %#', (text, line, column, says) => {
    const { refusal, places } = start({ own: text });
    const error = refusal();
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', details: { file: places.own, line, column } });
    expect(error.message).toContain(`${places.own} is not JSON: line ${line}, column ${column}: `);
    expect(error.message).toContain(says);
  });

  it('reads long texts and a mark of byte order', () => {
    const long = 'x'.repeat(900_000);
    expect(start({ own: `\uFEFF{"policies": {"expectProject": "${long}"}}` }).read().expectProject).toBe(
      long,
    );
  });

  it.each([
    { limits: { queueLength: 0 } },
    { limits: { queueLength: 1.5 } },
    { limits: { queueLength: '3' } },
    { limits: { callTimeout: { 'object.get': 3 } } },
    { limits: { callTimeout: { default: 0 } } },
    { limits: [] },
    { policies: { readOnly: 'yes' } },
    { policies: { allowDir: 'a' } },
    { policies: { allowDir: [''] } },
    { mapPath: { '/a': 'S:\\' } },
    { mapPath: [{ local: '/a' }] },
    { logLevel: 'inof' },
    { env: 'production' },
    { wwise: 'localhost:8080' },
    { wwise: { env: 'A', file: 'b' } },
    { wwise: { env: '' } },
    { project: null },
    { $schema: 3 },
    { connections: { a: {} } },
    { connections: { a: { wwise: 'ws://h', project: 'p' } } },
    { connections: { a: { wwise: 'ws://h', user: 'u' } } },
    { connections: { a: { wwise: 'ws://h', user: 'u', password: 'hunter2' } } },
    { connections: { a: { wwise: { env: 'A' }, user: 'u', password: { env: 'B' } } } },
    { connections: { a: { project: 'p', pasword: { env: 'B' } } } },
    { environments: { dev: { environments: {} } } },
    [],
    null,
  ])('and its schema refuse %j', (content) => {
    const error = start({ own: content }).refusal();
    expect(error).toMatchObject({ code: 'INVALID_INPUT', details: { problems: expect.any(Array) } });
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(accepts(content)).toBe(false);
  });

  it.each(['ws://u:hunter2@h/waapi', 'ws://hunter2@h', 'ws://h/waapi?token=hunter2', 'u:hunter2@h'])(
    'refuses a secret that is written out, by name and without repeating it: %s',
    (wwise) => {
      for (const content of [{ wwise }, { connections: { a: { wwise } } }]) {
        const error = start({ own: content }).refusal();
        expect(error.message).toMatch(/wwise" in .*holds a user, password or token: a secret/);
        expect(error.hint).toContain('{ "env": "NAME" }');
        expect(JSON.stringify(error)).not.toContain('hunter2');
      }
    },
  );

  it('that is named must be there, and then no other is read', () => {
    const { cwd, read, refusal } = start({ own: { policies: { expectProject: 'Own' } } });
    expect(refusal(['--config', 'team.json'])).toMatchObject({ code: 'FILE_NOT_FOUND' });
    writeFileSync(join(cwd, 'team.json'), '{ "state": "s" }');
    expect(read(['--config', 'team.json'])).toMatchObject({ expectProject: null, stateDir: join(cwd, 's') });
    mkdirSync(join(cwd, 'folder'));
    expect(refusal(['--config', 'folder'])).toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('connections and environments', () => {
  const content = {
    connection: 'game',
    connections: { game: { project: 'Game.wproj' }, studio: { wwise: 'ws://one/waapi' } },
    environments: {
      prod: { connections: { studio: { wwise: 'ws://two/waapi' } } },
      dev: { wwise: 'ws://dev/waapi' },
    },
  };

  it('are chosen by name; the section of the environment wins over the top of the file', () => {
    const { read, places } = start({ own: content });
    const game = { kind: 'project', filePath: join(dirname(places.own), 'Game.wproj') };
    expect(read([]).target).toEqual(game);
    expect(read(['--connection', 'studio']).target).toMatchObject({ url: 'ws://one/waapi' });
    expect(read(['--connection', 'studio', '--env', 'prod']).target).toMatchObject({ url: 'ws://two/waapi' });
    expect(read(['--env', 'prod']).target).toEqual(game);
    expect(read(['--env', 'dev']).target).toMatchObject({ url: 'ws://dev/waapi' });
    expect(read(['--wwise', 'ws://three/waapi']).target).toMatchObject({ url: 'ws://three/waapi' });
  });

  it('that are not there are answered with those that are', () => {
    const { refusal } = start({ own: content });
    expect(refusal(['--connection', 'stduio'])).toMatchObject({
      message: '--connection: there is no connection "stduio". Did you mean "studio"?',
      details: { candidates: ['game', 'studio'] },
    });
    expect(refusal(['--env', 'staging'])).toMatchObject({ details: { candidates: ['prod', 'dev'] } });
    expect(start({}).refusal(['--env', 'dev']).message).toContain('there is no configuration file');
    expect(start({}).refusal(['--connection', 'x']).message).toContain('there is no configuration file');
    expect(start({ own: { env: 'dev' } }).refusal().message).toContain('"/env" in ');
    expect(refusal(['--connection', 'game', '--project', 'x']).message).toBe(
      '--connection and --project exclude each other.',
    );
  });

  it('take secrets from where they stand, when they are used', () => {
    const { read, refusal, places } = start(
      {
        own: {
          connections: {
            file: { wwise: 'ws://h/waapi', user: 'ada', password: { file: 'secret' } },
            env: { wwise: { env: 'ADDRESS' } },
            odd: { wwise: { env: 'ODD' } },
          },
        },
      },
      [],
      { ADDRESS: 'ws://u:p@h:1/x?key=k', ODD: 'hunter2' },
    );
    expect(read().target).toMatchObject({ url: 'ws://127.0.0.1:8080/waapi' });
    expect(refusal(['--connection', 'file'])).toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining('"/connections/file/password" in '),
    });
    writeFileSync(join(dirname(places.own), 'secret'), 'p@ss/w:rd\n');
    const { target } = read(['--connection', 'file']);
    expect(target).toMatchObject({
      url: 'ws://ada:p%40ss%2Fw%3Ard@h/waapi',
      address: 'ws://(redacted)@h/waapi',
    });
    const hidden = read(['--connection', 'env']);
    expect(hidden.target).toMatchObject({ url: 'ws://u:p@h:1/x?key=k', address: 'ws://h:1/(hidden)' });
    expect(JSON.stringify(hidden.settings)).not.toMatch(/u:p@|key=k/);
    expect(JSON.stringify(refusal(['--connection', 'odd']))).not.toContain('hunter2');
  });
});

describe('a file that was only found in the current directory', () => {
  it('fills in what is left open, within its folder', () => {
    const here = {
      project: 'Game/Game.wproj',
      policies: { readOnly: true, expectProject: 'Game', allowDir: ['wavs', '.'] },
      tools: { excludeTools: ['waapi_call'] },
      limits: { queueLength: 5 },
    };
    const { cwd, read } = start({ here });
    expect(read()).toMatchObject({
      target: { kind: 'project', filePath: join(cwd, 'Game', 'Game.wproj') },
      allowedDirs: [join(cwd, 'wavs'), cwd],
      expectProject: 'Game',
      choice: { readOnly: true, excludeTools: ['waapi_call'] },
      limits: { maxQueueLength: 5 },
      files: [{ trusted: false }],
    });
  });

  it.each([
    [{ wwise: 'ws://evil/waapi' }, '/wwise'],
    [{ wwise: { env: 'SECRET' } }, '/wwise'],
    [{ connections: { a: { wwise: 'ws://evil/waapi' } } }, '/connections/a/wwise'],
    [{ environments: { dev: { wwise: 'ws://evil/waapi' } } }, '/environments/dev/wwise'],
    [{ state: 'state' }, '/state'],
    [{ wwiseConsole: 'run-me' }, '/wwiseConsole'],
    [{ mapPath: [{ local: 'a', wwise: 'C:\\' }] }, '/mapPath'],
    [{ logLevel: 'silent' }, '/logLevel'],
    [{ policies: { allowDir: ['..'] } }, '/policies/allowDir'],
    [{ policies: { allowDir: ['ok', '/'] } }, '/policies/allowDir'],
    [{ project: '../Other/Other.wproj' }, '/project'],
    [{ connections: { a: { project: '/x/Other.wproj' } } }, '/connections/a/project'],
    [{ environments: { dev: { policies: { allowDir: ['../x'] } } } }, '/environments/dev/policies/allowDir'],
  ])('may not say %j, but may when it is named', (here, pointer) => {
    const { refusal, read, places } = start({ here });
    const error = refusal();
    expect(error.message).toContain(`"${pointer}" in ${places.here}`);
    expect(error.hint).toContain('--config');
    expect(() => read(['--config', places.here, '--connection', 'none'])).toThrow(/no connection "none"/);
  });

  it('leads nowhere through links', () => {
    const { cwd, refusal, places } = start({ here: { policies: { allowDir: ['link'] } } });
    symlinkSync(root, join(cwd, 'link'));
    expect(refusal()).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    writeFileSync(places.here, '{ "policies": { "allowDir": ["link/not-yet"] } }');
    expect(refusal()).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    mkdirSync(join(cwd, 'Game'));
    symlinkSync(join(root, 'Other.wproj'), join(cwd, 'Game', 'Game.wproj'));
    writeFileSync(join(root, 'Other.wproj'), '');
    writeFileSync(places.here, '{ "project": "Game" }');
    const projectFilesIn = () => ['Game.wproj'];
    const around = {
      argv: [],
      env: {},
      cwd,
      homeDir: cwd,
      platform: 'linux',
      version: '0',
      disk: configDisk,
    };
    expect(errorOf(() => readConfig({ ...around, projectFilesIn }))).toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('never rolls back what the user said, and chooses nothing of the user’s file', () => {
    const mine = {
      policies: { readOnly: true },
      tools: { excludeTools: ['undo'] },
      connections: { studio: { wwise: 'ws://studio/waapi' }, same: { wwise: 'ws://mine/waapi' } },
      environments: { prod: { policies: { readOnly: false } } },
    };
    const here = {
      policies: { readOnly: false },
      tools: { excludeTools: [] },
      connections: { same: { project: 'Game.wproj' } },
    };
    const { read } = start({ own: mine, here });
    expect(read().choice).toMatchObject({ readOnly: true, excludeTools: ['undo'] });
    expect(read(['--connection', 'same']).target).toMatchObject({ url: 'ws://mine/waapi' });
    const chooses = start({ own: mine, here: { ...here, env: 'prod', environments: { prod: {} } } });
    expect(chooses.read().choice.readOnly).toBe(true);
    expect(start({ own: mine, here: { connection: 'studio' } }).refusal().message).toContain(
      'no connection "studio"',
    );
    expect(start({ own: mine, here: { env: 'prod' } }).refusal().message).toContain('no environment "prod"');
  });

  it('is not that of a parent directory', () => {
    const { cwd } = start({ here: { limits: { queueLength: 5 } } });
    const below = join(cwd, 'below');
    mkdirSync(below);
    const around = { argv: [], env: {}, homeDir: below, platform: 'linux', version: '0', disk: configDisk };
    expect(readConfig({ ...around, cwd: below }).files).toEqual([]);
  });
});

const accepts = new Ajv2020({ strict: true }).compile(configSchema());
