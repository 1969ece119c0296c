import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDiskWait } from '../../src/stores/sqlite/disk-wait.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { tempDir } from '../harness/temp-dir.ts';

const dir = tempDir('disk-wait');

it('those who ask while one waits for the disk share the next wait, which begins after they asked', async () => {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'log'), 'x');
  const disk = createDiskWait(join(dir, 'log'));
  const first = disk.synced();
  const [second, third] = [disk.synced(), disk.synced()];
  expect(second).toBe(third);
  expect(second).not.toBe(first);
  await Promise.all([first, second, third]);
  await disk.close();
});

it('a disk that refuses says so to those who asked, and to them only', async () => {
  mkdirSync(dir, { recursive: true });
  const disk = createDiskWait(join(dir, 'missing'));
  await expect(disk.synced()).rejects.toMatchObject({ code: 'ENOENT' });
  writeFileSync(join(dir, 'missing'), 'x');
  await disk.synced();
  await disk.close();
});

it('a record that must survive a power cut is refused where its log cannot be written to the disk', async () => {
  const state = join(dir, 'state');
  const stores = openSqliteStores(state);
  rmSync(join(state, 'wwiseflow.db-wal'));
  const step = { node: 'a', state: 'done', atMs: 1, detail: null };
  await expect(stores.runs.append('exec_1', [step], 'powerSafe')).rejects.toMatchObject({
    code: 'STATE_NOT_WRITTEN',
    message: expect.stringContaining(join(state, 'wwiseflow.db')),
  });
  await stores.runs.append('exec_1', [step], 'killSafe');
  await stores.close();
});
