import type { Sql } from 'postgres';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Database, QueryLimits } from '../../core/outside/database.ts';
import type { NamedDatabase } from './named-database.ts';
import { insertIntoPostgres } from './postgres-insert.ts';
import { columnsOfPostgres, tablesOfPostgres } from './postgres-names.ts';
import { checkReads, tableQuery, withParameters } from './reading-query.ts';
import { cancelledQuery, mayOnlyRead, refusedQuery, tookTooLong, tooManyRows } from './refusals.ts';
import { rowAsJson } from './row-values.ts';
import { knownTable } from './sql-names.ts';

const CONNECT_TIMEOUT_SECONDS = 10;

/** A database of a PostgreSQL server. It is connected only while it is asked something. */
export function postgresDatabase(named: Extract<NamedDatabase, { kind: 'postgres' }>): Database {
  const { name, isWritable, address } = named;
  const using = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const postgres = await driver();
    const sql = postgres(address(), {
      max: 1,
      connect_timeout: CONNECT_TIMEOUT_SECONDS,
      onnotice: () => {},
      connection: { application_name: 'wwiseflow' },
    });
    try {
      return await work(sql);
    } catch (thrown) {
      throw asRefusal(thrown, name);
    } finally {
      await sql.end({ timeout: 1 });
    }
  };
  const reading = <T>({ timeoutMs }: QueryLimits, work: (sql: Sql) => Promise<T>): Promise<T> =>
    using(async (sql) => {
      // The connection lives as long as this query.
      await sql.unsafe(`SET statement_timeout = ${Math.ceil(timeoutMs)}`);
      await sql.unsafe('SET default_transaction_read_only = on');
      await sql.unsafe('BEGIN READ ONLY');
      return work(sql);
    });
  return {
    name,
    kind: 'postgres',
    query: async (text, parameters, limits) => {
      checkReads(text);
      return reading(limits, (sql) => rowsOf(sql, name, text, parameters, limits));
    },
    read: (wanted, limits) =>
      reading(limits, async (sql) => {
        const table = knownTable(wanted.table, await tablesOfPostgres(sql), name);
        const columns = await columnsOfPostgres(sql, table);
        const { text, parameters } = tableQuery({ ...wanted, table }, columns, limits.mostRows + 1);
        return rowsOf(sql, name, text, parameters, limits);
      }),
    insert: async (insertion) => {
      if (!isWritable) throw mayOnlyRead(name);
      return using(async (sql) => {
        await sql.unsafe(`SET statement_timeout = ${Math.ceil(insertion.timeoutMs)}`);
        return insertIntoPostgres(sql, insertion, name);
      });
    },
  };
}

async function rowsOf(
  sql: Sql,
  name: string,
  text: string,
  parameters: readonly Json[],
  { mostRows, timeoutMs, signal }: QueryLimits,
): Promise<readonly JsonObject[]> {
  const wasCancelled = (): boolean => signal?.aborted === true;
  if (wasCancelled()) throw cancelledQuery(name);
  const query = `SELECT * FROM (${withParameters(text, (index) => `$${index}`)}\n) AS wwiseflow_query LIMIT ${mostRows + 1}`;
  const asked = sql.unsafe(query, parameters.map(parameter), notSimple);
  const cancel = (): void => asked.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const rows = await asked;
    if (rows.length > mostRows) throw tooManyRows(name, mostRows);
    return rows.map(rowAsJson);
  } catch (thrown) {
    if (systemCode(thrown) !== QUERY_CANCELED) throw thrown;
    throw wasCancelled() ? cancelledQuery(name) : tookTooLong(name, timeoutMs);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** The simple protocol would take several statements at once. */
const notSimple = { prepare: false, simple: false };

/** SQLSTATE of a statement that was cancelled, or took longer than statement_timeout. */
const QUERY_CANCELED = '57014';

function parameter(value: Json): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

async function driver(): Promise<typeof import('postgres')> {
  try {
    return (await import('postgres')).default;
  } catch (cause) {
    throw new WwiseFlowError(
      'PACKAGE_MISSING',
      'PostgreSQL needs the package "postgres", which is not installed.',
      {
        hint: 'Install it beside WwiseFlow: npm install postgres@3 (with -g where WwiseFlow is), and start again.',
        details: { package: 'postgres' },
        cause,
      },
    );
  }
}

function asRefusal(thrown: unknown, name: string): unknown {
  const code = systemCode(thrown);
  if (thrown instanceof WwiseFlowError || !(thrown instanceof Error) || code === undefined) return thrown;
  // Five characters: what the server said. Anything else comes from the connection.
  if (!/^[0-9A-Z]{5}$/.test(code)) return unavailable(name, thrown);
  if (/^(08|28|3D|53|57)/.test(code) && code !== QUERY_CANCELED) return unavailable(name, thrown);
  return refusedQuery(name, thrown.message, thrown);
}

function unavailable(name: string, cause: Error): WwiseFlowError {
  return new WwiseFlowError(
    'DATABASE_UNAVAILABLE',
    `The database "${name}" does not answer (${cause.message}).`,
    {
      hint: 'Is its server running, and is the address in the configuration file right? "retry" of the node tries again by itself.',
      details: { database: name },
      cause,
    },
  );
}
