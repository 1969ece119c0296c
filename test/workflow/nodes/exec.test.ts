import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';
import { firstOf, remoteWith, runNodes } from '../remote/run-remote.ts';

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
  expect(await run({ args: ['-e', copy, { read: 'in.txt' }, { write: 'out.txt' }] })).toMatchObject({
    written: [join(dir, 'out.txt')],
  });
  expect(readFileSync(join(dir, 'out.txt'), 'utf8')).toBe('rain');
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
