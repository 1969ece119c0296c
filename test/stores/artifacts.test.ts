import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { describeArtifacts } from './artifact-contract.ts';

describeArtifacts('on disk', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'wwiseflow-artifacts-'));
  return {
    open: async (workspace, now) => openSqliteStores(stateDir, { workspace, now }),
    follow: async (url) => readFileSync(fileURLToPath(url), 'utf8'),
    remove: async () => rmSync(stateDir, { recursive: true, force: true }),
  };
});

describeArtifacts('in memory', async () => ({
  open: async (workspace, now) => openSqliteStores(null, { workspace, now }),
  follow: async (url) => (await fetch(url)).text(),
  remove: async () => {},
}));

const dir = tempDir('artifacts');
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
const output = { kind: 'output', contentType: 'text/plain', expiresAtMs: null };
const hello = new TextEncoder().encode('hello');

it("the file of an artifact is its user's alone, and lies where its key says", async () => {
  const stateDir = join(dir, 'modes');
  const { artifacts, close } = openSqliteStores(stateDir);
  await artifacts.put({ ...output, run: 'exec_1', name: 'a:b' }, hello, 'powerSafe');
  const [file = ''] = filesBelow(join(stateDir, 'artifacts'));
  expect(file).toMatch(/artifacts[\\/]output[\\/]default[\\/]exec_1[\\/][0-9a-f]{12}-a_b$/);
  if (process.platform !== 'win32') {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const folder of ['', 'output', 'output/default', 'output/default/exec_1'])
      expect(statSync(join(stateDir, 'artifacts', folder)).mode & 0o777).toBe(0o700);
  }
  await artifacts.removeRuns(['exec_1']);
  expect(readdirSync(join(stateDir, 'artifacts'))).toEqual([]);
  await close();
});

it('workspaces that differ in case only, or are called as a device of Windows, have folders of their own', async () => {
  const stateDir = join(dir, 'workspaces');
  for (const workspace of ['Team', 'team', 'con', 'CON', 'a/../b']) {
    const { artifacts, close } = openSqliteStores(stateDir, { workspace });
    await artifacts.put({ ...output, run: 'exec_1', name: 'a' }, hello, 'killSafe');
    await close();
  }
  const folders = readdirSync(join(stateDir, 'artifacts', 'output')).map((name) => name.toLowerCase());
  expect(new Set(folders).size).toBe(5);
  expect(folders).not.toContain('con');
});

it('an artifact whose file was cut or lost counts as absent', async () => {
  const stateDir = join(dir, 'lost');
  const { artifacts, close } = openSqliteStores(stateDir);
  const cut = await artifacts.put({ ...output, run: 'exec_1', name: 'a' }, hello, 'killSafe');
  const [file = ''] = filesBelow(join(stateDir, 'artifacts'));
  truncateSync(file, 2);
  expect(await artifacts.get(cut.id)).toBeUndefined();
  rmSync(file);
  expect(await artifacts.get(cut.id)).toBeUndefined();
  expect(await artifacts.link(cut.id, 1)).toBeUndefined();
  await close();
});

it('what a put left that was cut off is swept up a day later, and nothing else', async () => {
  const stateDir = join(dir, 'swept');
  const { artifacts, close } = openSqliteStores(stateDir);
  const { id } = await artifacts.put({ ...output, run: 'exec_1', name: 'a' }, hello, 'killSafe');
  const folder = join(stateDir, 'artifacts', 'output', 'default', 'exec_2');
  mkdirSync(folder, { recursive: true });
  const old = ['000000000001-a', '000000000002-b.part'];
  for (const name of [...old, '000000000003-c.part']) writeFileSync(join(folder, name), 'x');
  const before = new Date(Date.now() - 2 * 86_400_000);
  for (const file of [...old.map((name) => join(folder, name)), ...filesBelow(join(folder, '..', 'exec_1'))])
    utimesSync(file, before, before);
  expect(await artifacts.sweep()).toBe(0);
  expect(readdirSync(folder)).toEqual(['000000000003-c.part']);
  expect(await artifacts.get(id)).toEqual(hello);
  await close();
});
