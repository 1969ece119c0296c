import type Database from 'libsql';
import { asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import type { AuditFilter, AuditPage, AuditRecord, AuditStore } from '../../core/stores/audit-store.ts';
import type { Connections } from './connections.ts';

/** The audit of one workspace in SQLite. */
export function sqliteAudit({ killSafe, read, write }: Connections, workspace: string): AuditStore {
  const insert = killSafe.prepare(
    `INSERT INTO audit (workspace, at_ms, execution_id, caller, command, payload, ok, code, error, memo, idem_key, duration_ms,
       objects, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = killSafe.prepare('SELECT * FROM audit WHERE workspace = ? ORDER BY id DESC LIMIT ?');
  const newestOfRun = killSafe.prepare(
    'SELECT * FROM audit WHERE workspace = ? AND execution_id = ? ORDER BY id DESC LIMIT ?',
  );
  const forget = killSafe.prepare('DELETE FROM audit WHERE workspace = ? AND at_ms < ?');
  const append = (record: AuditRecord): void => {
    const { atMs, executionId, caller, command, payload, ok, code, error, memo, idemKey, durationMs } =
      record;
    const values = [workspace, atMs, executionId, caller, command, JSON.stringify(payload), ok ? 1 : 0];
    const { objects = [], result = null } = record;
    const named = objects.length === 0 ? null : objects.join(' ').toUpperCase();
    const given = result === null ? null : JSON.stringify(result);
    insert.run(...values, code, error, memo, idemKey, durationMs, named, given);
  };
  return {
    append: (...records) => write('killSafe', () => records.forEach(append)),
    recent: (limit, executionId) =>
      read(() =>
        (executionId === undefined
          ? newest.all(workspace, limit)
          : newestOfRun.all(workspace, executionId, limit)
        )
          .filter(isJsonObject)
          .map(recordOf),
      ),
    query: (filter) => read(() => query(killSafe, workspace, filter)),
    forgetBefore: (atMs) => write('killSafe', () => forget.run(workspace, atMs).changes),
  };
}

/** The cursor is the row's number: records that come in meanwhile do not shift the pages. */
function query(database: Database.Database, workspace: string, filter: AuditFilter): AuditPage {
  const { fromMs, toMs, executionId, command, objectId, outcome, limit, cursor } = filter;
  const conditions: [string, string | number | undefined][] = [
    ['workspace = ?', workspace],
    ['at_ms >= ?', fromMs],
    ['at_ms < ?', toMs],
    ['execution_id = ?', executionId],
    ['command = ?', command],
    ['instr(objects, ?) > 0', objectId?.toUpperCase()],
    [outcome === 'ok' || outcome === 'failed' ? 'ok = ?' : 'code = ?', outcomeValue(outcome)],
    ['id < ?', cursor === undefined ? undefined : Number(cursor)],
  ];
  const wanted = conditions.filter(([, value]) => value !== undefined);
  const where = wanted.map(([sql]) => sql).join(' AND ');
  const rows = database
    .prepare(`SELECT * FROM audit WHERE ${where} ORDER BY id DESC LIMIT ?`)
    .all(...wanted.map(([, value]) => value), limit + 1)
    .filter(isJsonObject);
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.id;
  return {
    records: page.map(recordOf),
    cursor: rows.length > limit && typeof last === 'number' ? String(last) : null,
  };
}

function outcomeValue(outcome: string | undefined): string | number | undefined {
  if (outcome === 'ok') return 1;
  return outcome === 'failed' ? 0 : outcome;
}

function recordOf(row: Readonly<Record<string, Json | undefined>>): AuditRecord {
  const payload: unknown = JSON.parse(asString(row.payload) ?? '{}');
  const objects = asString(row.objects);
  const result = asString(row.result);
  return {
    atMs: numberOf(row.at_ms),
    executionId: asString(row.execution_id) ?? null,
    caller: asString(row.caller) ?? null,
    command: asString(row.command) ?? '',
    payload: asJsonObject(payload),
    ok: row.ok === 1,
    code: asString(row.code) ?? null,
    error: asString(row.error) ?? null,
    memo: asString(row.memo) ?? null,
    idemKey: asString(row.idem_key) ?? null,
    durationMs: numberOf(row.duration_ms),
    ...(objects === undefined ? {} : { objects: objects.split(' ') }),
    ...(result === undefined ? {} : { result: asJsonObject(JSON.parse(result)) }),
  };
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
