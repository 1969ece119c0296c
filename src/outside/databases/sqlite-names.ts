import { KEYS_TABLE } from './refusals.ts';
import { rowAsJson } from './row-values.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** The tables and views, our own aside. */
export async function tablesOfSqlite(connection: SqliteConnection): Promise<readonly string[]> {
  const rows = await connection.rows(
    "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    [],
  );
  return rows.map((row) => String(rowAsJson(row).name)).filter((name) => name !== KEYS_TABLE);
}

export async function columnsOfSqlite(
  connection: SqliteConnection,
  table: string,
): Promise<readonly string[]> {
  const rows = await connection.rows('SELECT name FROM pragma_table_info(?1)', [table]);
  return rows.map((row) => String(rowAsJson(row).name));
}
