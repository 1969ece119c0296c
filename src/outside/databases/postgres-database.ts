import type pg from 'pg';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import type { Database, QueryLimits } from '../../core/outside/database.ts';
import type { NamedDatabase } from './named-database.ts';
import { cancelStatement, connectPostgres, rowsOfStatement } from './postgres-client.ts';
import { insertIntoPostgres } from './postgres-insert.ts';
import { columnsOfPostgres, tablesOfPostgres } from './postgres-names.ts';
import { checkReads, tableQuery, withParameters } from './reading-query.ts';
import { cancelledQuery, mayOnlyRead, refusedQuery, tookTooLong, tooManyRows } from './refusals.ts';
import { rowAsJson } from './row-values.ts';
import { knownTable } from './sql-names.ts';

type PostgresNamed = Extract<NamedDatabase, { kind: 'postgres' }>;

/** A database of a PostgreSQL server. It is connected only while it is asked something. */
export function postgresDatabase(named: PostgresNamed): Database {
  const { name, isWritable, address } = named;
  const using = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = await connectPostgres(address()).catch((thrown) => {
      throw thrown instanceof WwiseFlowError ? thrown : unavailable(name, asError(thrown));
    });
    try {
      return await work(client);
    } catch (thrown) {
      throw asRefusal(thrown, name);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const reading = <T>({ timeoutMs }: QueryLimits, work: (client: pg.Client) => Promise<T>): Promise<T> =>
    using(async (client) => {
      // The connection lives as long as this query.
      await client.query(`SET statement_timeout = ${Math.ceil(timeoutMs)}`);
      await client.query('SET default_transaction_read_only = on');
      await client.query('BEGIN READ ONLY');
      return work(client);
    });
  return {
    name,
    kind: 'postgres',
    query: async (text, parameters, limits) => {
      checkReads(text);
      return reading(limits, (client) => rowsOf({ client, named }, text, parameters, limits));
    },
    read: (wanted, limits) =>
      reading(limits, async (client) => {
        const table = knownTable(wanted.table, await tablesOfPostgres(client), name);
        const columns = await columnsOfPostgres(client, table);
        const { text, parameters } = tableQuery({ ...wanted, table }, columns, limits.mostRows + 1);
        return rowsOf({ client, named }, text, parameters, limits);
      }),
    insert: async (insertion) => {
      if (!isWritable) throw mayOnlyRead(name);
      return using(async (client) => {
        await client.query(`SET statement_timeout = ${Math.ceil(insertion.timeoutMs)}`);
        return insertIntoPostgres(client, insertion, name);
      });
    },
  };
}

async function rowsOf(
  { client, named }: { readonly client: pg.Client; readonly named: PostgresNamed },
  text: string,
  parameters: readonly Json[],
  { mostRows, timeoutMs, signal }: QueryLimits,
): Promise<readonly JsonObject[]> {
  const { name, address } = named;
  const wasCancelled = (): boolean => signal?.aborted === true;
  const [own] = await rowsOfStatement(client, 'SELECT pg_backend_pid() AS pid');
  if (wasCancelled()) throw cancelledQuery(name);
  const query = `SELECT * FROM (${withParameters(text, (index) => `$${index}`)}\n) AS wwiseflow_query LIMIT ${mostRows + 1}`;
  const cancel = (): void => void cancelStatement(client, own?.pid, address());
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const rows = await rowsOfStatement(client, query, parameters.map(parameter));
    if (rows.length > mostRows) throw tooManyRows(name, mostRows);
    return rows.map(rowAsJson);
  } catch (thrown) {
    if (wasCancelled()) throw cancelledQuery(name);
    throw systemCode(thrown) === QUERY_CANCELED ? tookTooLong(name, timeoutMs) : thrown;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** SQLSTATE of a statement that was cancelled, or took longer than statement_timeout. */
const QUERY_CANCELED = '57014';

function parameter(value: Json): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function asRefusal(thrown: unknown, name: string): unknown {
  if (thrown instanceof WwiseFlowError || !(thrown instanceof Error)) return thrown;
  const code = systemCode(thrown);
  // The driver says in words alone that the connection ended.
  if (code === undefined) return /connection/i.test(thrown.message) ? unavailable(name, thrown) : thrown;
  // Five characters: what the server said. Anything else comes from the connection.
  if (!/^[0-9A-Z]{5}$/.test(code)) return unavailable(name, thrown);
  if (/^(08|28|3D|53|57)/.test(code) && code !== QUERY_CANCELED) return unavailable(name, thrown);
  return refusedQuery(name, thrown.message, thrown);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
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
