import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditFilter, AuditRecord } from '../../src/core/stores/audit-store.ts';
import { openDatabase } from '../../src/stores/sqlite/open-database.ts';
import { sqliteAudit } from '../../src/stores/sqlite/sqlite-audit.ts';
import { sqliteMemo } from '../../src/stores/sqlite/sqlite-memo.ts';
import { sqliteRuns } from '../../src/stores/sqlite/sqlite-runs.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wwiseflow-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the memo in SQLite', () => {
  it('creates the state directory, and remembers across processes what was intended and what was done', () => {
    const state = join(dir, 'deep', 'state');
    const first = sqliteMemo(openDatabase(state, { durable: true }), () => 42);
    first.intend('k1', 'create_sound', ['{A}']);
    first.intend('k2', 'create_sound', null);
    first.complete('k2', 'create_sound', { id: '{B}' }, [{ kind: 'gone', id: '{C}' }]);
    first.close();

    const second = sqliteMemo(openDatabase(state, { durable: true }));
    expect(second.get('k1')).toEqual({
      state: 'intent',
      key: 'k1',
      command: 'create_sound',
      before: ['{A}'],
      atMs: 42,
    });
    expect(second.get('k2')).toEqual({
      state: 'done',
      key: 'k2',
      command: 'create_sound',
      data: { id: '{B}' },
      claims: [{ kind: 'gone', id: '{C}' }],
      atMs: 42,
    });
    expect(
      second
        .getMany?.(['k2', 'k3', 'k1'])
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['k1', 'k2']);
    expect(second.getMany?.(['k2'])).toEqual([second.get('k2')]);
    second.forget('k1');
    expect(second.get('k1')).toBeUndefined();
    second.close();
    expect(existsSync(join(state, 'wwiseflow.db'))).toBe(true);
  });

  it('keeps nothing on disk without a state directory', () => {
    const memo = sqliteMemo(openDatabase(null, { durable: true }));
    memo.intend('k', 'create_sound', { children: [] });
    expect(memo.get('k')?.state).toBe('intent');
    memo.close();
  });

  it('is shared by several processes that open a new state directory at the same moment', async () => {
    const writer = fileURLToPath(new URL('./memo-writer.ts', import.meta.url));
    const tsx = fileURLToPath(new URL('../../node_modules/tsx/dist/cli.mjs', import.meta.url));
    const exits = ['a', 'b', 'c'].map(
      (name) =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, [tsx, writer, dir, name, '30'], { stdio: 'inherit' }).on('exit', resolve);
        }),
    );
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);

    const memo = sqliteMemo(openDatabase(dir, { durable: true }));
    for (const name of ['a', 'b', 'c']) {
      for (let i = 0; i < 30; i++) expect(memo.get(`${name}${i}`)?.state).toBe('done');
    }
    memo.close();
  });
});

describe('the audit in SQLite', () => {
  it('gives back what was appended, newest first, and one run on request', () => {
    const audit = sqliteAudit(openDatabase(dir, { durable: false }));
    audit.append(record({ command: 'create_sound', executionId: 'exec_1', payload: { name: 'Boom' } }));
    audit.append(
      record({ command: 'query_waql', ok: false, code: 'INVALID_QUERY', error: 'no', memo: null }),
    );
    expect(audit.recent(10).map((row) => row.command)).toEqual(['query_waql', 'create_sound']);
    expect(audit.recent(10, 'exec_1')).toEqual([
      record({ command: 'create_sound', executionId: 'exec_1', payload: { name: 'Boom' } }),
    ]);
    expect(audit.recent(1)).toHaveLength(1);
    audit.close();
  });

  it('is searched by time, run, command, object and outcome, page by page', () => {
    const audit = sqliteAudit(openDatabase(dir, { durable: false }));
    const guid = '{0123ABCD-0000-0000-0000-00000000000F}';
    for (let i = 0; i < 5; i++) audit.append(record({ atMs: 1000 + i, executionId: `exec_${i % 2}` }));
    const failed = { ok: false, code: 'NAME_CONFLICT', error: 'taken', memo: null };
    audit.append(record({ atMs: 2000, command: 'set_property', ...failed, objects: [guid] }));
    const count = (filter: Partial<AuditFilter>) => audit.query({ limit: 100, ...filter }).records.length;
    expect(count({})).toBe(6);
    expect(count({ fromMs: 1002, toMs: 1004 })).toBe(2);
    expect(count({ executionId: 'exec_1' })).toBe(2);
    expect(count({ command: 'set_property', objectId: guid.toLowerCase() })).toBe(1);
    expect([
      count({ outcome: 'ok' }),
      count({ outcome: 'failed' }),
      count({ outcome: 'NAME_CONFLICT' }),
    ]).toEqual([5, 1, 1]);
    const first = audit.query({ limit: 4 });
    const second = audit.query({ limit: 4, cursor: first.cursor ?? '' });
    expect([...first.records, ...second.records].map(({ atMs }) => atMs)).toEqual([
      2000, 1004, 1003, 1002, 1001, 1000,
    ]);
    expect(second.cursor).toBeNull();
    expect(audit.forgetBefore(1003)).toBe(3);
    expect(count({})).toBe(3);
    audit.close();
  });
});

describe('the journal of runs in SQLite', () => {
  it('keeps every transition in order and says how the run ended', () => {
    const durable = openDatabase(dir, { durable: true });
    const runs = sqliteRuns(durable, openDatabase(dir, { durable: false }));
    const run = { workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: 'cli' };
    runs.begin({ ...run, executionId: 'exec_1', owner: '1:a', startedAtMs: 10 });
    const running = { node: 'a', state: 'running', atMs: 11, detail: null };
    const done = { node: 'a', state: 'done', atMs: 12, detail: { memo: 'miss' } };
    runs.append('exec_1', [running], true);
    runs.append('exec_1', [done, { ...running, node: 'b' }], false);
    expect(runs.transitions('exec_1')).toEqual([running, done, { ...running, node: 'b' }]);
    expect(runs.get('exec_1')).toMatchObject({ state: 'running', endedAtMs: null, result: null });
    runs.end('exec_1', 'failed', 13, { ok: false, code: 'CANCELLED', error: 'stopped' });
    expect(runs.head('exec_1')).toMatchObject({ state: 'failed', code: 'CANCELLED', error: 'stopped' });
    expect(runs.list({ limit: 10, states: ['done'] })).toEqual([]);
    expect(runs.forgetEndedBefore(13)).toEqual([]);
    expect(runs.forgetEndedBefore(14)).toEqual(['exec_1']);
    expect(runs.transitions('exec_1')).toEqual([]);
    runs.close();
  });
});

function record(changes: Partial<AuditRecord>): AuditRecord {
  return {
    atMs: 1_700_000_000_000,
    executionId: null,
    caller: 'mcp',
    command: 'create_sound',
    payload: {},
    ok: true,
    code: null,
    error: null,
    memo: 'miss',
    idemKey: 'abc',
    durationMs: 1.5,
    ...changes,
  };
}
