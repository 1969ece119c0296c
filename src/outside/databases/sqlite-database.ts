import { existsSync } from 'node:fs';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Database, QueryLimits } from '../../core/outside/database.ts';
import type { NamedDatabase } from './named-database.ts';
import { checkReads, tableQuery, withParameters } from './reading-query.ts';
import { cancelledQuery, mayOnlyRead, refusedQuery, tookTooLong, tooManyRows } from './refusals.ts';
import { asSqlite, rowAsJson } from './row-values.ts';
import { knownTable } from './sql-names.ts';
import { materialised, openSqlite, type SqliteConnection } from './sqlite-connection.ts';
import { insertIntoSqlite } from './sqlite-insert.ts';
import { columnsOfSqlite, tablesOfSqlite } from './sqlite-names.ts';

/** How long it is waited for another program that writes. */
const BUSY_TIMEOUT_MS = 5_000;

/** A file of SQLite. It is open only while it is asked something. */
export function sqliteDatabase(named: Extract<NamedDatabase, { kind: 'sqlite' }>): Database {
  const { name, path, isWritable } = named;
  const using = async <T>(work: (connection: SqliteConnection) => Promise<T>): Promise<T> => {
    if (!existsSync(path)) throw noFile(name, path);
    const connection = openSqlite(path, BUSY_TIMEOUT_MS);
    try {
      return await work(connection);
    } catch (thrown) {
      throw asRefusal(thrown, name);
    } finally {
      connection.close();
    }
  };
  const reading = <T>(work: (connection: SqliteConnection) => Promise<T>): Promise<T> =>
    using(async (connection) => {
      await connection.run('PRAGMA query_only = ON', []);
      return work(connection);
    });
  return {
    name,
    kind: 'sqlite',
    query: async (text, parameters, limits) => {
      checkReads(text);
      return reading((connection) => rowsOf(connection, name, text, parameters, limits));
    },
    read: (wanted, limits) =>
      reading(async (connection) => {
        const table = knownTable(wanted.table, await tablesOfSqlite(connection), name);
        const columns = await columnsOfSqlite(connection, table);
        const { text, parameters } = tableQuery({ ...wanted, table }, columns, limits.mostRows + 1);
        return rowsOf(connection, name, text, parameters, limits);
      }),
    insert: async (insertion) => {
      if (!isWritable) throw mayOnlyRead(name);
      return using((connection) => insertIntoSqlite(connection, insertion, name));
    },
  };
}

async function rowsOf(
  connection: SqliteConnection,
  name: string,
  text: string,
  parameters: readonly Json[],
  { mostRows, timeoutMs, signal }: QueryLimits,
): Promise<readonly JsonObject[]> {
  if (signal?.aborted === true) throw cancelledQuery(name);
  let isLate = false;
  const interrupt = (): void => connection.interrupt();
  const timer = setTimeout(() => {
    isLate = true;
    interrupt();
  }, timeoutMs);
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const query = materialised(
      withParameters(text, (index) => `?${index}`),
      mostRows + 1,
    );
    const rows = await connection.rows(query, parameters.map(asSqlite));
    if (rows.length > mostRows) throw tooManyRows(name, mostRows);
    return rows.map(rowAsJson);
  } catch (thrown) {
    if (systemCode(thrown) !== 'SQLITE_INTERRUPT') throw thrown;
    throw isLate ? tookTooLong(name, timeoutMs) : cancelledQuery(name);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}

function asRefusal(thrown: unknown, name: string): unknown {
  const code = systemCode(thrown);
  if (thrown instanceof WwiseFlowError || !(thrown instanceof Error) || code === undefined) return thrown;
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return unavailable(name, 'is busy: another program writes to it', thrown);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return unreadable(name, thrown);
  if (code.startsWith('SQLITE_CANTOPEN')) return unavailable(name, 'cannot be opened', thrown);
  return refusedQuery(name, thrown.message, thrown);
}

function noFile(name: string, path: string): WwiseFlowError {
  return new WwiseFlowError(
    'DATABASE_UNAVAILABLE',
    `The file of the database "${name}" does not exist: "${path}".`,
    {
      hint: 'Correct its entry under "databases" in the configuration file, or put the file there.',
      details: { database: name, path },
    },
  );
}

function unavailable(name: string, what: string, cause: Error): WwiseFlowError {
  return new WwiseFlowError('DATABASE_UNAVAILABLE', `The database "${name}" ${what} (${cause.message}).`, {
    hint: 'Try again when the other program has ended; "retry" of the node does it by itself.',
    details: { database: name },
    cause,
  });
}

function unreadable(name: string, cause: Error): WwiseFlowError {
  return new WwiseFlowError(
    'FILE_UNREADABLE',
    `The file of the database "${name}" is no database of SQLite (${cause.message}).`,
    {
      hint: 'Correct its entry under "databases" in the configuration file.',
      details: { database: name },
      cause,
    },
  );
}
