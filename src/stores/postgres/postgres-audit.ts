import { asJsonObject, isJsonObject } from '../../core/json.ts';
import type {
  AuditConditions,
  AuditFilter,
  AuditPage,
  AuditRecord,
  AuditStore,
} from '../../core/stores/audit-store.ts';
import { auditOrderColumns, auditRecordOf, outcomeValue } from '../rows/audit-rows.ts';
import type { PostgresSession } from './session.ts';
import { columns, part, type Query, type SqlPart } from './statement.ts';
import { storedText } from './stored-text.ts';

/** The audit of one workspace in PostgreSQL. */
export function postgresAudit({ read, write }: PostgresSession, workspace: string): AuditStore {
  return {
    append: (...records) =>
      write(async (sql) => {
        for (const record of records) await append(sql, workspace, record);
      }),
    recent: (limit, executionId) =>
      read(async (sql) => {
        const ofRun = executionId === undefined ? part`` : part`and execution_id = ${executionId}`;
        const rows =
          await sql`select * from audit where workspace = ${workspace} ${ofRun} order by id desc limit ${limit}`;
        return rows.filter(isJsonObject).map(auditRecordOf);
      }),
    query: (filter) => read((sql) => query(sql, workspace, filter)),
    count: (conditions) =>
      read(async (sql) => {
        const [row] = await sql`select count(*)::double precision as total from audit
          where ${wanted(workspace, conditions)}`;
        return Number(row?.total ?? 0);
      }),
    forgetBefore: (atMs) =>
      write(async (sql) => {
        const { count } = await sql`delete from audit where workspace = ${workspace} and at_ms < ${atMs}`;
        return count;
      }),
  };
}

async function append(sql: Query, workspace: string, record: AuditRecord): Promise<void> {
  const { atMs, executionId, caller, command, payload, ok, code, error, memo, idemKey, durationMs } = record;
  const { objects = [], result = null } = record;
  const named = objects.length === 0 ? null : objects.join(' ').toUpperCase();
  const given = result === null ? null : JSON.stringify(result);
  await sql`insert into audit (workspace, at_ms, execution_id, caller, command, payload, ok, code, error, memo, idem_key,
      duration_ms, objects, result)
    values (${workspace}, ${atMs}, ${executionId}, ${caller}, ${command}, ${JSON.stringify(payload)}, ${ok ? 1 : 0}, ${code},
      ${storedText(error)}, ${memo}, ${idemKey}, ${durationMs}, ${named}, ${given})`;
}

/** The cursor is the row's number: records that come in meanwhile do not shift the pages. */
async function query(sql: Query, workspace: string, filter: AuditFilter): Promise<AuditPage> {
  const { limit, cursor, skip = 0, sortBy = 'atMs', sortOrder = 'desc' } = filter;
  const direction = sortOrder === 'asc' ? part`asc nulls first` : part`desc nulls last`;
  const order = sortBy === 'atMs' ? part`` : part`${columns(auditOrderColumns[sortBy])} ${direction},`;
  const after = cursor === undefined ? part`` : part`and id < ${cursor}::bigint`;
  const rows = await sql`select * from audit where ${wanted(workspace, filter)} ${after}
    order by ${order} id ${direction} limit ${limit + 1} offset ${skip}`;
  const page = rows.slice(0, limit);
  const last = asJsonObject(page.at(-1)).id;
  const goesOn = rows.length > limit && sortBy === 'atMs' && sortOrder === 'desc';
  return {
    records: page.filter(isJsonObject).map(auditRecordOf),
    cursor: goesOn && typeof last === 'string' ? last : null,
  };
}

function wanted(
  workspace: string,
  { fromMs, toMs, executionId, caller, command, objectId, outcome, memo }: AuditConditions,
): SqlPart {
  const value = outcomeValue(outcome) ?? null;
  const ofOutcome = typeof value === 'number' ? part`and ok = ${value}` : part`and code = ${value}`;
  return part`workspace = ${workspace}
    ${fromMs === undefined ? part`` : part`and at_ms >= ${fromMs}`}
    ${toMs === undefined ? part`` : part`and at_ms < ${toMs}`}
    ${executionId === undefined ? part`` : part`and execution_id = ${executionId}`}
    ${caller === undefined ? part`` : part`and caller = ${caller}`}
    ${command === undefined ? part`` : part`and command = ${command}`}
    ${memo === undefined ? part`` : part`and memo = ${memo}`}
    ${objectId === undefined ? part`` : part`and strpos(objects, ${objectId.toUpperCase()}) > 0`}
    ${outcome === undefined ? part`` : ofOutcome}`;
}
