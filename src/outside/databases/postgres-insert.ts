import type pg from 'pg';
import type { Json } from '../../core/json.ts';
import type { InsertedRows, Insertion, KeyedRow } from '../../core/outside/database.ts';
import { columnsToMake } from './new-table.ts';
import { rowsOfStatement } from './postgres-client.ts';
import { columnsOfPostgres, jsonColumnsOfPostgres, tablesOfPostgres } from './postgres-names.ts';
import { KEYS_TABLE } from './refusals.ts';
import { rowAsJson } from './row-values.ts';
import { knownColumn, knownTable, quoted } from './sql-names.ts';

/** Writes the rows whose keys are not in the table of keys, with those keys, in one transaction. */
export async function insertIntoPostgres(
  client: pg.Client,
  { table: wanted, rows, createTable }: Insertion,
  database: string,
): Promise<InsertedRows> {
  const tables = await tablesOfPostgres(client);
  await client.query('BEGIN');
  try {
    // Two programs that make the same table at once would both find none.
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [KEYS_TABLE]);
    if (createTable)
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${quoted(wanted)} (${columnsToMake(rows, postgresTypes).join(', ')})`,
      );
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${KEYS_TABLE} (key text PRIMARY KEY, row_id jsonb, written_at timestamptz NOT NULL DEFAULT now())`,
    );
    const table = createTable ? wanted : knownTable(wanted, tables, database);
    const columns = await columnsOfPostgres(client, table);
    const json = await jsonColumnsOfPostgres(client, table);
    const ids: Json[] = [];
    let written = 0;
    for (const row of rows) {
      const [known] = await rowsOfStatement(client, `SELECT row_id FROM ${KEYS_TABLE} WHERE key = $1`, [
        row.key,
      ]);
      if (known === undefined) {
        ids.push(await insertRow(client, { table, columns, json }, row));
        written += 1;
      } else ids.push(rowAsJson(known).row_id ?? null);
    }
    await client.query('COMMIT');
    return { written, ids };
  } catch (thrown) {
    // Where the connection ended, the server has done so by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw thrown;
  }
}

interface KnownTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** Those that hold JSON. */
  readonly json: ReadonlySet<string>;
}

async function insertRow(
  client: pg.Client,
  { table, columns, json }: KnownTable,
  { key, values }: KeyedRow,
): Promise<Json> {
  const named = Object.entries(values).map(
    ([name, value]) => [knownColumn(name, columns, table), value] as const,
  );
  const names = named.map(([name]) => `"${name.replaceAll('"', '""')}"`);
  const markers = named.map((_, index) => `$${index + 1}`);
  const into = named.length === 0 ? 'DEFAULT VALUES' : `(${names.join(', ')}) VALUES (${markers.join(', ')})`;
  const [made] = await rowsOfStatement(
    client,
    `INSERT INTO ${quoted(table)} ${into} RETURNING ${columns.includes('id') ? '"id"' : 'NULL AS "id"'}`,
    named.map(([name, value]) => asParameter(value, json.has(name))),
  );
  const id = (made === undefined ? null : rowAsJson(made).id) ?? key;
  await client.query(`INSERT INTO ${KEYS_TABLE} (key, row_id) VALUES ($1, $2)`, [key, JSON.stringify(id)]);
  return id;
}

/** Lists and objects go as JSON; the driver would make an array of the database of a list. */
function asParameter(value: Json | undefined, isJson: boolean): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  return isJson || typeof value === 'object' ? JSON.stringify(value) : value;
}

const postgresTypes = {
  text: 'text',
  number: 'double precision',
  integer: 'bigint',
  boolean: 'boolean',
  json: 'jsonb',
} as const;
