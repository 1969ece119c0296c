import type Database from 'libsql';
import { asJsonObject, asString, isJsonObject, type Json } from '../base/json.ts';
import type { AuditRecord, AuditStore } from './audit-store.ts';

/** The audit in SQLite. `durable: false` is enough for its database; `close` closes that database. */
export function sqliteAudit(database: Database.Database): AuditStore {
  const insert = database.prepare(
    `INSERT INTO audit (at_ms, execution_id, caller, command, payload, ok, code, error, memo, idem_key, duration_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = database.prepare('SELECT * FROM audit ORDER BY id DESC LIMIT ?');
  const newestOfRun = database.prepare('SELECT * FROM audit WHERE execution_id = ? ORDER BY id DESC LIMIT ?');
  return {
    append: (record) => {
      const { atMs, executionId, caller, command, payload, ok, code, error, memo, idemKey, durationMs } =
        record;
      const values = [atMs, executionId, caller, command, JSON.stringify(payload), ok ? 1 : 0];
      insert.run(...values, code, error, memo, idemKey, durationMs);
    },
    recent: (limit, executionId) => {
      const rows = executionId === undefined ? newest.all(limit) : newestOfRun.all(executionId, limit);
      return rows.filter(isJsonObject).map(recordOf);
    },
    close: () => {
      database.close();
    },
  };
}

function recordOf(row: Readonly<Record<string, Json | undefined>>): AuditRecord {
  const payload: unknown = JSON.parse(asString(row.payload) ?? '{}');
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
  };
}

function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
