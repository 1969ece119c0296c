import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../src/core/access/token.ts';
import { migrations } from '../../src/stores/sqlite/migrations.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { openSqliteTokens } from '../../src/stores/sqlite/sqlite-tokens.ts';
import { program } from '../harness/program.ts';
import { describeSessions } from './session-contract.ts';
import { describeStores } from './store-contract.ts';

const filePlace = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-store-'));
  return {
    open: async (workspace?: string, now?: () => number) => openSqliteStores(dir, { workspace, now }),
    remove: async () => rmSync(dir, { recursive: true, force: true }),
  };
};
describeStores('SQLite', filePlace);
describeSessions('SQLite', filePlace);

describe('a state file', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-store-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made with its directory, and is there for the next process', async () => {
    const state = join(dir, 'deep', 'state');
    const first = openSqliteStores(state);
    await first.memo.complete({ key: 'k', command: 'create_sound', data: { id: '{B}' }, claims: [] });
    await first.close();
    expect(existsSync(join(state, 'wwiseflow.db'))).toBe(true);
    const second = openSqliteStores(state);
    expect(await second.memo.get('k')).toMatchObject({ state: 'done', data: { id: '{B}' } });
    await second.close();
  });

  it('is none without a state directory', async () => {
    const stores = openSqliteStores(null);
    await stores.memo.intend({ key: 'k', command: 'create_sound', before: { children: [] } });
    expect(await stores.memo.get('k')).toMatchObject({ state: 'intent' });
    await stores.close();
    const others = openSqliteStores(null);
    expect(await others.memo.get('k')).toBeUndefined();
    await others.close();
  });

  it('takes what waits with it when it is closed', async () => {
    const stores = openSqliteStores(dir);
    const written = stores.runs.append(
      'exec_1',
      [{ node: 'a', state: 'done', atMs: 1, detail: null }],
      'powerSafe',
    );
    await stores.close();
    await written;
    const after = openSqliteStores(dir);
    expect(await after.runs.transitions('exec_1')).toHaveLength(1);
    await after.close();
  });

  it('of the version before workspaces keeps all it held, in the default one', async () => {
    const old = new Database(join(dir, 'wwiseflow.db'));
    for (const sql of migrations.slice(0, 3)) old.exec(sql);
    old.exec(`PRAGMA user_version = 3;
      INSERT INTO memo (key, command, state, data, claims, at_ms) VALUES ('k', 'create_sound', 'done', '{}', '[]', 1);
      INSERT INTO workflow VALUES ('w', 3, 'W', NULL, '{"nodes":[]}', 1);
      INSERT INTO workflow_version VALUES ('w', 4);
      INSERT INTO run_journal (execution_id, node, state, at_ms) VALUES ('exec_1', 'a', 'done', 1)`);
    old.close();
    const stores = openSqliteStores(dir);
    expect(await stores.memo.get('k')).toMatchObject({ state: 'done' });
    expect(await stores.runs.transitions('exec_1')).toHaveLength(1);
    expect(await stores.library.get('w')).toMatchObject({ version: 3, versions: 1 });
    const changed = { workflowId: 'w', name: 'W', description: null, document: { nodes: [{}] } };
    expect(await stores.library.save(changed)).toEqual({ version: 4, isNew: true });
    await stores.close();
  });

  it('is shared by several processes that open a new state directory at the same moment', async () => {
    const exits = ['a', 'b', 'c'].map(
      (name) =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, [program('memo-writer'), dir, name, '30'], { stdio: 'inherit' }).on(
            'exit',
            resolve,
          );
        }),
    );
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
    const stores = openSqliteStores(dir);
    const keys = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 30 }, (_, i) => `${name}${i}`));
    const held = await stores.memo.getMany(keys);
    expect(held.filter(({ state }) => state === 'done')).toHaveLength(90);
    await stores.close();
  });
});

describe('the tokens of a state directory', () => {
  it('are known by their hash until they expire or are removed, and their text is nowhere', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-store-'));
    let nowMs = 100;
    const tokens = openSqliteTokens(dir, () => nowMs);
    const token = newToken();
    const record = {
      id: 't1',
      name: 'CI',
      workspace: 'a',
      scope: 'run' as const,
      createdAtMs: 1,
      expiresAtMs: 200,
    };
    await tokens.add({ ...record, hash: hashToken(token) });
    expect(await tokens.find(hashToken(token))).toEqual(record);
    expect(await tokens.find(hashToken(newToken()))).toBeUndefined();
    nowMs = 200;
    expect(await tokens.find(hashToken(token))).toBeUndefined();
    expect(await tokens.list()).toEqual([record]);
    expect(await tokens.remove('t1')).toBe(true);
    expect(await tokens.remove('t1')).toBe(false);
    await tokens.close();
    const written = readdirSync(dir).filter((name) => name.startsWith('wwiseflow.db'));
    expect(written.map((name) => readFileSync(join(dir, name)).includes(token))).not.toContain(true);
    rmSync(dir, { recursive: true, force: true });
  });
});
