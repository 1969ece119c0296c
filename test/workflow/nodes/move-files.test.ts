import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';
import { firstOf, remoteWith, runNodes } from '../remote/run-remote.ts';

const dir = tempDir('move-files');
const run = (data: Record<string, Json>, isPreview = false) =>
  firstOf(runNodes([node('move', 'moveFiles', data)], remoteWith(), [], { dir, isPreview }));

it('moves files with their paths, and what was moved before is what is wanted', async () => {
  mkdirSync(join(dir, 'a/sub'), { recursive: true });
  writeFileSync(join(dir, 'a/sub/rain.wav'), 'rain');
  writeFileSync(join(dir, 'a/wind.wav'), 'wind');
  const data = { from: 'a', to: join(dir, 'b'), files: ['sub/rain.wav', { file: 'wind.wav', sources: [] }] };
  expect(await run(data, true)).toMatchObject({ count: 2 });
  expect(existsSync(join(dir, 'b'))).toBe(false);
  for (const _ of ['first', 'again'])
    expect(await run(data)).toEqual({
      moved: [join(dir, 'b/sub/rain.wav'), join(dir, 'b/wind.wav')],
      count: 2,
    });
  expect(readFileSync(join(dir, 'b/sub/rain.wav'), 'utf8')).toBe('rain');
  expect(existsSync(join(dir, 'a/sub/rain.wav'))).toBe(false);
});

it('replaces no file, and takes none from elsewhere', async () => {
  mkdirSync(join(dir, 'c'), { recursive: true });
  mkdirSync(join(dir, 'd'), { recursive: true });
  writeFileSync(join(dir, 'c/same.wav'), 'new');
  writeFileSync(join(dir, 'd/same.wav'), 'old');
  writeFileSync(join(dir, 'c/Game.wproj'), '');
  mkdirSync(join(dir, 'c/folder'));
  symlinkSync('/etc/hostname', join(dir, 'c/link'));
  const move = (file: Json, more: Record<string, Json> = { to: 'd' }) =>
    run({ from: 'c', files: [file], ...more });
  expect(await move('same.wav')).toMatchObject({ code: 'FILE_CONFLICT' });
  expect(readFileSync(join(dir, 'd/same.wav'), 'utf8')).toBe('old');
  expect(readFileSync(join(dir, 'c/same.wav'), 'utf8')).toBe('new');
  for (const file of ['../a', '/etc/passwd', 'C:/x', '', 'a//b', 3])
    expect(await move(file), String(file)).toMatchObject({ code: 'INVALID_INPUT' });
  for (const file of ['Game.wproj', 'link'])
    expect(await move(file), file).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  expect(await move('folder')).toMatchObject({ code: 'FILE_UNREADABLE' });
  expect(await move('absent')).toMatchObject({ code: 'FILE_NOT_FOUND' });
  expect(await move('same.wav', { to: '/etc' })).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  expect(await move('same.wav', { to: 'e', delete: true })).toMatchObject({ code: 'INVALID_INPUT' });
  expect(existsSync('/etc/hostname')).toBe(true);
});

it('deletes where it is said to', async () => {
  writeFileSync(join(dir, 'part.mp4'), '');
  for (const _ of ['first', 'again'])
    expect(await run({ from: dir, files: ['part.mp4'], delete: true })).toMatchObject({ count: 1 });
  expect(existsSync(join(dir, 'part.mp4'))).toBe(false);
});
