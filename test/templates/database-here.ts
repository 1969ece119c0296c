import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';

/** Makes a database that workflows may write to in this folder; gives the options of a program that knows it. */
export function databaseIn(dir: string): readonly string[] {
  new Sqlite(join(dir, 'rows.db')).close();
  const config = { databases: { rows: { sqlite: 'rows.db', write: true } } };
  writeFileSync(join(dir, 'config.json'), JSON.stringify(config));
  return ['--config', join(dir, 'config.json')];
}

/** The rows of one of its tables. */
export function rowsIn(dir: string, table: string): readonly JsonObject[] {
  const database = new Sqlite(join(dir, 'rows.db'));
  const rows = database.prepare(`SELECT * FROM ${table}`).all();
  database.close();
  return rows.map((row) => asJsonObject(row));
}
