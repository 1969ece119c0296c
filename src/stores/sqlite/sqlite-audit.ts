import type Database from 'libsql';
import { asJsonObject, isJsonObject } from '../../core/json.ts';
import type {
  AuditConditions,
  AuditFilter,
  AuditPage,
  AuditRecord,
  AuditStore,
} from '../../core/stores/audit-store.ts';
import { auditOrderColumns, auditRecordOf, outcomeValue } from '../rows/audit-rows.ts';
import type { Connections } from './connections.ts';

/** The audit of one workspace in SQLite. */
export function sqliteAudit({ database, read, write }: Connections, workspace: string): AuditStore {
  const insert = database.prepare(
    `INSERT INTO audit (workspace, at_ms, execution_id, caller, command, payload, ok, code, error, memo, idem_key, duration_ms,
       objects, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = database.prepare('SELECT * FROM audit WHERE workspace = ? ORDER BY id DESC LIMIT ?');
  const newestOfRun = database.prepare(
    'SELECT * FROM audit WHERE workspace = ? AND execution_id = ? ORDER BY id DESC LIMIT ?',
  );
  const forget = database.prepare('DELETE FROM audit WHERE workspace = ? AND at_ms < ?');
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
    append: (...records) => write('killSafe', () => records.forEach(append), records.length === 1),
    recent: (limit, executionId) =>
      read(() =>
        (executionId === undefined
          ? newest.all(workspace, limit)
          : newestOfRun.all(workspace, executionId, limit)
        )
          .filter(isJsonObject)
          .map(auditRecordOf),
      ),
    query: (filter) => read(() => query(database, workspace, filter)),
    count: (conditions) => read(() => count(database, workspace, conditions)),
    forgetBefore: (atMs) => write('killSafe', () => forget.run(workspace, atMs).changes),
  };
}

/** The cursor is the row's number: records that come in meanwhile do not shift the pages. */
function query(database: Database.Database, workspace: string, filter: AuditFilter): AuditPage {
  const { limit, cursor, skip = 0, sortBy = 'atMs', sortOrder = 'desc' } = filter;
  const { where, values } = wanted(workspace, filter, cursor === undefined ? undefined : Number(cursor));
  const order = sortBy === 'atMs' ? '' : `${auditOrderColumns[sortBy]} ${sortOrder}, `;
  const rows = database
    .prepare(`SELECT * FROM audit WHERE ${where} ORDER BY ${order}id ${sortOrder} LIMIT ? OFFSET ?`)
    .all(...values, limit + 1, skip)
    .filter(isJsonObject);
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.id;
  const goesOn = rows.length > limit && sortBy === 'atMs' && sortOrder === 'desc';
  return {
    records: page.map(auditRecordOf),
    cursor: goesOn && typeof last === 'number' ? String(last) : null,
  };
}

function count(database: Database.Database, workspace: string, conditions: AuditConditions): number {
  const { where, values } = wanted(workspace, conditions);
  const row = database.prepare(`SELECT count(*) AS total FROM audit WHERE ${where}`).get(...values);
  const { total } = asJsonObject(row);
  return typeof total === 'number' ? total : 0;
}

function wanted(
  workspace: string,
  { fromMs, toMs, executionId, caller, command, objectId, outcome, memo }: AuditConditions,
  before?: number,
) {
  const conditions: readonly (readonly [sql: string, value: string | number | undefined])[] = [
    ['workspace = ?', workspace],
    ['at_ms >= ?', fromMs],
    ['at_ms < ?', toMs],
    ['execution_id = ?', executionId],
    ['caller = ?', caller],
    ['command = ?', command],
    ['memo = ?', memo],
    ['instr(objects, ?) > 0', objectId?.toUpperCase()],
    [outcome === 'ok' || outcome === 'failed' ? 'ok = ?' : 'code = ?', outcomeValue(outcome)],
    ['id < ?', before],
  ];
  const held = conditions.filter(([, value]) => value !== undefined);
  return { where: held.map(([sql]) => sql).join(' AND '), values: held.map(([, value]) => value) };
}
