import type pg from 'pg';
import { rowsOfStatement } from './postgres-client.ts';
import { KEYS_TABLE } from './refusals.ts';
import { quoted } from './sql-names.ts';

/** The tables and views that the search path finds by their bare names, then all others with their schema; our own aside. */
export async function tablesOfPostgres(client: pg.Client): Promise<readonly string[]> {
  const rows = await rowsOfStatement(
    client,
    `SELECT n.nspname AS schema, c.relname AS name, pg_table_is_visible(c.oid) AS bare
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
     ORDER BY 1, 2`,
  );
  return rows
    .filter(({ name }) => name !== KEYS_TABLE)
    .flatMap(({ schema, name, bare }) =>
      bare === true ? [String(name), `${schema}.${name}`] : [`${schema}.${name}`],
    );
}

export async function columnsOfPostgres(client: pg.Client, table: string): Promise<readonly string[]> {
  const rows = await rowsOfStatement(
    client,
    'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
    [quoted(table)],
  );
  return rows.map(({ name }) => String(name));
}

/** The columns that hold JSON, in which a text is one in quotes. */
export async function jsonColumnsOfPostgres(client: pg.Client, table: string): Promise<ReadonlySet<string>> {
  const rows = await rowsOfStatement(
    client,
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND atttypid IN ('json'::regtype, 'jsonb'::regtype)",
    [quoted(table)],
  );
  return new Set(rows.map(({ name }) => String(name)));
}
