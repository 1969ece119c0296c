import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../src/stores/sqlite/migrations.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { runProgram } from '../harness/command-line.ts';
import { tempDir } from '../harness/temp-dir.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

function modesIn(dir: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(dir).map((name) => [name, modeOf(join(dir, name))]));
}

const closed = { 'wwiseflow.db': '600', 'wwiseflow.db-shm': '600', 'wwiseflow.db-wal': '600' };

describe.skipIf(platform() === 'win32')('the state directory', () => {
  const dir = tempDir('state-directory');

  it('is the user’s alone from the start, with the files of SQLite', async () => {
    const state = join(dir, 'new', 'state');
    const stores = openSqliteStores(state);
    await stores.memo.intend({ key: 'k', command: 'create_sound', before: null });
    expect(modesIn(state)).toEqual(closed);
    expect(modeOf(state)).toBe('700');
    await stores.close();
  });

  it('is closed to others when an older version left it open', async () => {
    const state = join(dir, 'old');
    const before = openSqliteStores(state);
    await before.memo.intend({ key: 'k', command: 'create_sound', before: null });
    for (const name of readdirSync(state)) chmodSync(join(state, name), 0o644);
    chmodSync(state, 0o755);
    const after = openSqliteStores(state);
    expect(modesIn(state)).toEqual(closed);
    expect(modeOf(state)).toBe('700');
    expect(await after.memo.get('k')).toMatchObject({ state: 'intent' });
    await after.close();
    await before.close();
  });

  it.each([
    ['holds other things', 0o755, 'Game.wproj'],
    ['is everybody’s', 0o1777, 'wwiseflow.db'],
  ])('keeps its own mode when it %s: then only the files are closed', async (_, mode, name) => {
    const state = join(dir, `shared-${mode}`);
    mkdirSync(state);
    writeFileSync(join(state, name), '', { mode: 0o644 });
    mkdirSync(join(state, 'runs'), { mode: 0o755 });
    chmodSync(state, mode);
    const stores = openSqliteStores(state);
    await stores.memo.intend({ key: 'k', command: 'create_sound', before: null });
    expect(modeOf(state)).toBe(mode.toString(8));
    expect(modesIn(state)).toMatchObject({ ...closed, runs: '700' });
    await stores.close();
  });
});

describe('state of a newer version', () => {
  const dir = tempDir('state-newer');
  const file = join(dir, 'wwiseflow.db');

  it('is refused by name by every store and by the command line, and is not touched', async () => {
    await openSqliteStores(dir).close();
    const database = new Database(file);
    database.exec('PRAGMA user_version = 99');
    const content = () => database.prepare('SELECT name, sql FROM sqlite_master ORDER BY name').all();
    const before = content();
    expect(() => openSqliteStores(dir)).toThrow(
      expect.objectContaining({
        code: 'STATE_NEWER',
        details: { stateFile: file, version: 99, known: migrations.length },
      }),
    );
    const options = { cwd: dir, env: { NO_COLOR: '1' } };
    const target = ['--wwise', 'ws://127.0.0.1:9/waapi', '--state', dir];
    for (const args of [['runs'], ['gc'], ['doctor']]) {
      const said = await runProgram([...args, ...target], options);
      expect(said.code).toBe(1);
      expect(said.out + said.err).toMatch(
        /written by a newer WwiseFlow: its version is 99.*Update WwiseFlow/s,
      );
    }
    expect(content()).toEqual(before);
    expect(database.pragma('user_version', { simple: true })).toMatchObject({ user_version: 99 });
    database.close();
  });
});
