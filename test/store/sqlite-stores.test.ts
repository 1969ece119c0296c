import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/store/audit-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { sqliteAudit } from '../../src/store/sqlite-audit.ts';
import { sqliteMemo } from '../../src/store/sqlite-memo.ts';

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
