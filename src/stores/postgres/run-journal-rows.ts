import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../core/json.ts';
import type { HotTexts } from '../../core/stores/hot-texts.ts';
import type { NodeRecord, RunRecord } from '../../core/stores/run-store.ts';
import { runRecordOf, transitionsOf } from '../rows/run-rows.ts';
import type { Query } from './statement.ts';

/**
 * Every transition of a run. Those that `hot` has are not read again, so that whoever follows a long run reads what is new; the
 * database says how many there must be.
 */
export async function journalOf(
  sql: Query,
  workspace: string,
  executionId: string,
  hot: HotTexts | undefined,
): Promise<readonly NodeRecord[]> {
  const key = `journal:${workspace}:${executionId}`;
  const [text] = (await hot?.getMany([key])) ?? [];
  const known = keptJournal(text);
  const after = async (id: number) => {
    const rows = await sql`select whole.rows, id::double precision as id, node, state, at_ms, detail, batch
      from (select count(*)::integer as rows from run_journal
        where workspace = ${workspace} and execution_id = ${executionId}) as whole
      left join run_journal on workspace = ${workspace} and execution_id = ${executionId} and id > ${id} order by id`;
    return { total: Number(rows[0]?.rows), rows: rows.filter(isJsonObject).filter((row) => row.id !== null) };
  };
  const more = await after(known.last);
  // Rows that were committed later may lie before the last one known.
  const isWhole = known.rows.length + more.rows.length === more.total;
  const rows = isWhole ? [...known.rows, ...more.rows] : (await after(0)).rows;
  if (!isWhole || more.rows.length > 0) hot?.keep(key, JSON.stringify(rows));
  return rows.flatMap(transitionsOf);
}

/** A whole run. Its plan, which is long and seldom changes, comes from `hot` where this version of the row is there. */
export async function runOf(
  sql: Query,
  workspace: string,
  executionId: string,
  hot: HotTexts | undefined,
): Promise<RunRecord | undefined> {
  const keyOf = (version: unknown) => `run:${workspace}:${executionId}:${String(version)}`;
  if (hot !== undefined) {
    const [row] = await sql`select xmin::text as version from run
      where workspace = ${workspace} and execution_id = ${executionId}`;
    const [text] = row === undefined ? [] : await hot.getMany([keyOf(row.version)]);
    if (text !== undefined) return runRecordOf(JSON.parse(text));
  }
  const [row] = await sql`select *, xmin::text as version from run
    where workspace = ${workspace} and execution_id = ${executionId}`;
  if (row !== undefined) hot?.keep(keyOf(row.version), JSON.stringify(row));
  return runRecordOf(row);
}

/** What was kept of a journal: rows in their order. */
function keptJournal(text: string | undefined): {
  readonly rows: readonly JsonObject[];
  readonly last: number;
} {
  const rows = text === undefined ? [] : asJsonArray(JSON.parse(text)).filter(isJsonObject);
  const last = asJsonObject(rows.at(-1)).id;
  return { rows, last: typeof last === 'number' ? last : 0 };
}
