import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { outsideOf } from '../../harness/outside.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { firstOf, presetsOf, remoteWith, runNodes } from '../remote/run-remote.ts';

const dir = tempDir('exec');
const run = (data: Record<string, Json>, more: JsonObject = {}, programs = [execPath]) =>
  firstOf(
    runNodes(
      [{ ...node('run', 'exec', { program: execPath, ...data }), ...more }],
      remoteWith({}, { programs }),
      [],
      { dir },
    ),
  );

it('gives a program its arguments one by one, through no shell, and takes what it wrote', async () => {
  const args = [
    '-e',
    'console.log(JSON.stringify(process.argv.slice(1)))',
    '--',
    '$HOME',
    '; rm -rf .',
    'a b',
    '*',
  ];
  expect(await run({ args, parse: 'json' })).toMatchObject({
    exitCode: 0,
    output: ['$HOME', '; rm -rf .', 'a b', '*'],
  });
  expect(
    await run({ args: ['-e', 'process.stdin.pipe(process.stdout)'], stdin: 'one\ntwo\n', parse: 'lines' }),
  ).toMatchObject({ output: ['one', 'two'] });
});

it('reads and writes files of allowed directories only, and by name', async () => {
  writeFileSync(join(dir, 'in.txt'), 'rain');
  const copy =
    'const fs = require("fs"); fs.writeFileSync(process.argv[2], fs.readFileSync(process.argv[1]))';
  expect(await run({ args: ['-e', copy, { read: 'in.txt' }, { write: 'made/out.txt' }] })).toMatchObject({
    written: [join(dir, 'made/out.txt')],
  });
  expect(readFileSync(join(dir, 'made/out.txt'), 'utf8')).toBe('rain');
  for (const outside of [
    '/etc/passwd',
    '../secret',
    '--in=../../x',
    '--out=/etc/x',
    '-o/etc/x',
    'file:/etc/x',
    'concat:a|/etc/x',
    'C:\\x',
    '--out=~/x',
  ])
    expect(await run({ args: ['-e', '1', outside] }), outside).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  expect(await run({ args: ['-e', '1', { write: '/etc/x' }] })).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
});

it('a program that is not on the list, not there, fails or takes too long: each says so', async () => {
  expect(await run({ program: 'rm' })).toMatchObject({
    code: 'PROGRAM_NOT_ALLOWED',
    hint: expect.stringContaining('--allow-program rm'),
  });
  expect(await run({ program: 'no-such-program' }, {}, ['no-such-program'])).toMatchObject({
    code: 'PROGRAM_NOT_FOUND',
  });
  expect(await run({ args: ['-e', 'console.error("bad sample rate"); process.exit(3)'] })).toMatchObject({
    code: 'PROGRAM_FAILED',
    error: expect.stringContaining('bad sample rate'),
    details: { exitCode: 3 },
  });
  expect(await run({ args: ['-e', 'process.exit(3)'], okExitCodes: [0, 3] })).toMatchObject({ exitCode: 3 });
  const marker = join(dir, 'late.txt');
  const late = 'setTimeout(() => require("fs").writeFileSync("late.txt", ""), 60000)';
  expect(await run({ args: ['-e', late], dir }, { timeoutMs: 200 })).toMatchObject({ code: 'TIMEOUT' });
  expect(existsSync(marker)).toBe(false);
  expect(await run({ args: ['-e', 'console.log("no")'], parse: 'json' })).toMatchObject({
    code: 'ANSWER_UNREADABLE',
  });
});

it('takes a program and its arguments of a preset, with what is missing or unknown named', async () => {
  const presets = presetsOf({
    echo: {
      title: 'Echo',
      description: 'Says what it is given.',
      settings: { mark: { description: 'What stands before.', default: '>' } },
      program: {
        name: execPath,
        default: 'say',
        commands: {
          say: {
            description: 'Once.',
            params: { words: { description: 'What.', required: true }, more: { description: 'More.' } },
            args: [
              '-e',
              'console.log(JSON.stringify(process.argv.slice(1)))',
              '--',
              '{{ input.settings.mark }}',
              '{{ input.params.words }}',
              '{{ input.params.more }}',
              { write: '{{ input.params.words }}.txt' },
            ],
            parse: 'json',
          },
        },
      },
    },
  });
  const remote = remoteWith({}, { programs: [execPath], presets });
  const by = (data: Record<string, Json>) =>
    firstOf(runNodes([node('run', 'exec', { preset: 'echo', ...data })], remote, [], { dir }));
  expect(await by({ mapping: { words: 'rain' } })).toMatchObject({
    output: ['>', 'rain', join(dir, 'rain.txt')],
    written: [join(dir, 'rain.txt')],
  });
  expect(await by({ mapping: { words: 'rain' }, settings: { mark: '!' } })).toMatchObject({
    output: ['!', 'rain', join(dir, 'rain.txt')],
  });
  expect(await by({})).toMatchObject({ code: 'INVALID_INPUT', error: expect.stringContaining('"words"') });
  expect(await by({ mapping: { word: 'rain' } })).toMatchObject({ details: { candidates: ['words'] } });
  expect(await by({ operation: 'sya' })).toMatchObject({
    code: 'PRESET_NOT_FOUND',
    details: { candidates: ['say'] },
  });
  expect(await by({ args: ['x'], mapping: { words: 'rain' } })).toMatchObject({ code: 'INVALID_INPUT' });
});

it('says how far it is while it runs, in events and in the status of the run', async () => {
  const marker = join(dir, 'go-on');
  const program = `
    const fs = require('fs');
    console.error('frame=1 speed');
    const wait = setInterval(() => {
      if (!fs.existsSync(process.argv[1])) return;
      clearInterval(wait);
      console.error('frame=2 speed');
    }, 20);`;
  const stores = openSqliteStores(null);
  const runs = createRuns({
    bus: shelfBus(emptyShelf()),
    log: silentLog,
    store: stores.runs,
    outside: outsideOf(dir),
    remote: remoteWith({}, { programs: [execPath] }),
  });
  const args = ['-e', program, { write: 'go-on' }];
  const plan = compile({ nodes: [node('run', 'exec', { program: execPath, args, progress: 'frame=' })] });
  const heard: string[] = [];
  let isUnderWay: (() => void) | undefined;
  const underWay = new Promise<void>((resolve) => {
    isUnderWay = resolve;
  });
  const { executionId, done } = runs.start(plan, {
    onEvent: (event) => {
      if (event.event !== 'node.progress') return;
      heard.push(event.text);
      isUnderWay?.();
    },
  });
  await underWay;
  expect((await runs.status(executionId)).nodes).toMatchObject([{ state: 'running', progress: 'frame=1' }]);
  writeFileSync(marker, '');
  expect(await done).toMatchObject({
    ok: true,
    data: { results: [{ said: [expect.stringMatching(/: 2$/)] }] },
  });
  expect(heard[0]).toBe('frame=1');
  expect((await runs.status(executionId)).nodes[0]).not.toHaveProperty('progress');
  runs.close();
  await stores.close();
});
