import { asString, type Json } from '../../core/json.ts';
import type { InsertedRows, Insertion, KeyedRow } from '../../core/outside/database.ts';
import { columnsToMake } from './new-table.ts';
import { KEYS_TABLE } from './refusals.ts';
import { asSqlite, rowAsJson } from './row-values.ts';
import { knownColumn, knownTable, quoted } from './sql-names.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { columnsOfSqlite, tablesOfSqlite } from './sqlite-names.ts';

/** Writes the rows whose keys are not in the table of keys, with those keys, in one transaction. */
export async function insertIntoSqlite(
  connection: SqliteConnection,
  insertion: Insertion,
  database: string,
): Promise<InsertedRows> {
  await connection.run('BEGIN IMMEDIATE', []);
  try {
    const inserted = await insertRows(connection, insertion, database);
    await connection.run('COMMIT', []);
    return inserted;
  } catch (thrown) {
    await connection.run('ROLLBACK', []);
    throw thrown;
  }
}

async function insertRows(
  connection: SqliteConnection,
  { table: wanted, rows, createTable }: Insertion,
  database: string,
): Promise<InsertedRows> {
  const tables = await tablesOfSqlite(connection);
  if (createTable && !tables.some((name) => name.toLowerCase() === wanted.toLowerCase()))
    await connection.run(
      `CREATE TABLE ${quoted(wanted)} (${columnsToMake(rows, sqliteTypes).join(', ')})`,
      [],
    );
  const table = createTable ? wanted : knownTable(wanted, tables, database);
  const columns = await columnsOfSqlite(connection, table);
  await connection.run(
    `CREATE TABLE IF NOT EXISTS ${quoted(KEYS_TABLE)} (key TEXT PRIMARY KEY, row_id TEXT, written_at TEXT NOT NULL) WITHOUT ROWID`,
    [],
  );
  const ids: Json[] = [];
  let written = 0;
  for (const row of rows) {
    const [known] = await connection.rows(`SELECT row_id FROM ${quoted(KEYS_TABLE)} WHERE key = ?1`, [
      row.key,
    ]);
    if (known === undefined) {
      ids.push(await insertRow(connection, table, columns, row));
      written += 1;
    } else ids.push(idFrom(rowAsJson(known).row_id));
  }
  return { written, ids };
}

async function insertRow(
  connection: SqliteConnection,
  table: string,
  columns: readonly string[],
  { key, values }: KeyedRow,
): Promise<Json> {
  const hasId = columns.includes('id');
  const named = Object.entries(values).map(
    ([name, value]) => [knownColumn(name, columns, table), value] as const,
  );
  const names = named.map(([name]) => `"${name.replaceAll('"', '""')}"`);
  const markers = named.map((_, index) => `?${index + 1}`);
  const into = named.length === 0 ? 'DEFAULT VALUES' : `(${names.join(', ')}) VALUES (${markers.join(', ')})`;
  const [made] = await connection.rows(
    `INSERT INTO ${quoted(table)} ${into} RETURNING ${hasId ? '"id"' : 'NULL AS "id"'}`,
    named.map(([, value]) => asSqlite(value)),
  );
  const id = (made === undefined ? null : rowAsJson(made).id) ?? key;
  await connection.run(
    `INSERT INTO ${quoted(KEYS_TABLE)} VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
    [key, JSON.stringify(id)],
  );
  return id;
}

function idFrom(text: Json | undefined): Json {
  const parsed: unknown = JSON.parse(asString(text) ?? 'null');
  return typeof parsed === 'string' || typeof parsed === 'number' ? parsed : null;
}

const sqliteTypes = {
  text: 'TEXT',
  number: 'REAL',
  integer: 'INTEGER',
  boolean: 'INTEGER',
  json: 'TEXT',
} as const;
