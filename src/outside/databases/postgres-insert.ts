import type { Sql } from 'postgres';
import type { Json } from '../../core/json.ts';
import type { InsertedRows, Insertion, KeyedRow } from '../../core/outside/database.ts';
import { columnsToMake } from './new-table.ts';
import { columnsOfPostgres, tablesOfPostgres } from './postgres-names.ts';
import { KEYS_TABLE } from './refusals.ts';
import { rowAsJson } from './row-values.ts';
import { knownColumn, knownTable, quoted } from './sql-names.ts';

/** Writes the rows whose keys are not in the table of keys, with those keys, in one transaction. */
export async function insertIntoPostgres(
  sql: Sql,
  { table: wanted, rows, createTable }: Insertion,
  database: string,
): Promise<InsertedRows> {
  const tables = await tablesOfPostgres(sql);
  await sql.unsafe('BEGIN');
  try {
    // Two programs that make the same table at once would both find none.
    await sql.unsafe('SELECT pg_advisory_xact_lock(hashtext($1))', [KEYS_TABLE]);
    if (createTable)
      await sql.unsafe(
        `CREATE TABLE IF NOT EXISTS ${quoted(wanted)} (${columnsToMake(rows, postgresTypes).join(', ')})`,
      );
    await sql.unsafe(
      `CREATE TABLE IF NOT EXISTS ${KEYS_TABLE} (key text PRIMARY KEY, row_id jsonb, written_at timestamptz NOT NULL DEFAULT now())`,
    );
    const table = createTable ? wanted : knownTable(wanted, tables, database);
    const columns = await columnsOfPostgres(sql, table);
    const ids: Json[] = [];
    let written = 0;
    for (const row of rows) {
      const [known] = await sql.unsafe<{ row_id: Json }[]>(
        `SELECT row_id FROM ${KEYS_TABLE} WHERE key = $1`,
        [row.key],
      );
      if (known === undefined) {
        ids.push(await insertRow(sql, table, columns, row));
        written += 1;
      } else ids.push(known.row_id);
    }
    await sql.unsafe('COMMIT');
    return { written, ids };
  } catch (thrown) {
    await sql.unsafe('ROLLBACK');
    throw thrown;
  }
}

async function insertRow(
  sql: Sql,
  table: string,
  columns: readonly string[],
  { key, values }: KeyedRow,
): Promise<Json> {
  const named = Object.entries(values).map(
    ([name, value]) => [knownColumn(name, columns, table), value] as const,
  );
  const names = named.map(([name]) => `"${name.replaceAll('"', '""')}"`);
  const markers = named.map((_, index) => `$${index + 1}`);
  const into = named.length === 0 ? 'DEFAULT VALUES' : `(${names.join(', ')}) VALUES (${markers.join(', ')})`;
  const [made] = await sql.unsafe(
    `INSERT INTO ${quoted(table)} ${into} RETURNING ${columns.includes('id') ? '"id"' : 'NULL AS "id"'}`,
    named.map(([, value]) => asParameter(value)),
  );
  const id = (made === undefined ? null : rowAsJson(made).id) ?? key;
  await sql.unsafe(`INSERT INTO ${KEYS_TABLE} (key, row_id) VALUES ($1, $2)`, [key, JSON.stringify(id)]);
  return id;
}

/** Lists and objects go as JSON; the driver would make an array of the database of a list. */
function asParameter(value: Json | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

const postgresTypes = {
  text: 'text',
  number: 'double precision',
  integer: 'bigint',
  boolean: 'boolean',
  json: 'jsonb',
} as const;
