import type { Sql } from 'postgres';
import { KEYS_TABLE } from './refusals.ts';

/** The tables and views that the search path finds by their bare names, then all others with their schema; our own aside. */
export async function tablesOfPostgres(sql: Sql): Promise<readonly string[]> {
  const rows = await sql.unsafe<{ schema: string; name: string; bare: boolean }[]>(
    `SELECT n.nspname AS schema, c.relname AS name, pg_table_is_visible(c.oid) AS bare
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%'
     ORDER BY 1, 2`,
  );
  return rows
    .filter(({ name }) => name !== KEYS_TABLE)
    .flatMap(({ schema, name, bare }) => (bare ? [name, `${schema}.${name}`] : [`${schema}.${name}`]));
}

export async function columnsOfPostgres(sql: Sql, table: string): Promise<readonly string[]> {
  const parts = table.split('.').map((part) => `"${part.replaceAll('"', '""')}"`);
  const rows = await sql.unsafe<{ name: string }[]>(
    'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum',
    [parts.join('.')],
  );
  return rows.map(({ name }) => name);
}
