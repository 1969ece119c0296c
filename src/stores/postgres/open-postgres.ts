import type pg from 'pg';
import { WwiseFlowError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { withoutCredentials } from '../../core/secrets/without-credentials.ts';
import { isOutOfReach, linkReason } from './link-failures.ts';
import { loadPg } from './load-pg.ts';
import { migratePostgres } from './migrate-postgres.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { type Query, type Rows, SqlPart, statementOf } from './statement.ts';

/**
 * Connects to `postgres://...` and brings its tables up to date.
 * @throws WwiseFlowError STATE_UNAVAILABLE when nobody answers or the login is refused, STATE_NEWER for tables of a newer version
 */
export async function openPostgres(url: string, log: Log): Promise<PostgresDatabase> {
  const { Pool } = await loadPg();
  const common = {
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'wwiseflow',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  };
  const open = (more: pg.PoolConfig): pg.Pool => {
    const pool = new Pool({ ...common, ...more });
    // Whoever uses a connection learns of its end from the statement that fails; nobody else needs to.
    pool.on('connect', (client) => client.on('error', () => undefined));
    pool.on('error', () => undefined);
    return pool;
  };
  // Tables of another version may take their time, and so may another process that makes them.
  const patient = open({ max: 1 });
  try {
    await migratePostgres(databaseOver(patient));
    await warnOfSuperuser(databaseOver(patient), log);
  } catch (failure) {
    if (failure instanceof WwiseFlowError) throw failure;
    throw unreachable(failure);
  } finally {
    await patient.end();
  }
  return databaseOver(
    open({
      max: MOST_CONNECTIONS,
      statement_timeout: LONGEST_STATEMENT_MS,
      query_timeout: LONGEST_SILENCE_MS,
    }),
  );
}

function databaseOver(pool: pg.Pool): PostgresDatabase {
  return {
    query: queryOver(pool),
    transaction: (mode, work) => transaction(pool, mode, work),
    close: () => pool.end(),
  };
}

/** Each process holds at most so many: a server of PostgreSQL lets in 100 by default. */
const MOST_CONNECTIONS = 8;
const LONGEST_STATEMENT_MS = 20_000;
/** A link that was cut without a word is known by this alone: the system would wait for a quarter of an hour. */
const LONGEST_SILENCE_MS = 25_000;
const KEEP_ALIVE_MS = 10_000;

function queryOver(client: Pick<pg.Pool | pg.PoolClient, 'query'>): Query {
  return async (strings, ...values): Promise<Rows> => {
    const { rows, rowCount } = await client.query<Readonly<Record<string, unknown>>>(
      statementOf(new SqlPart(strings, values)),
    );
    return Object.assign(rows, { count: rowCount ?? 0 });
  };
}

async function transaction<T>(
  pool: pg.Pool,
  mode: string,
  work: (sql: Query, script: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query(`begin ${mode}`);
    const given = await work(queryOver(client), async (text) => {
      await client.query(text);
    });
    await client.query('commit');
    return given;
  } catch (failure) {
    isBroken = isOutOfReach(failure);
    if (!isBroken)
      await client.query('rollback').catch(() => {
        isBroken = true;
      });
    throw failure;
  } finally {
    client.release(isBroken);
  }
}

/** What keeps workspaces apart in the database itself does not hold for a superuser. */
async function warnOfSuperuser({ query }: PostgresDatabase, log: Log): Promise<void> {
  const [role] =
    await query`select rolsuper or rolbypassrls as sees_all from pg_roles where rolname = current_user`;
  if (role?.sees_all === true)
    log.warn('The user of the database bypasses row-level security: give WwiseFlow a plain user of its own.');
}

function unreachable(cause: unknown): WwiseFlowError {
  const reason = withoutCredentials(linkReason(cause));
  return new WwiseFlowError('STATE_UNAVAILABLE', `The database cannot be used: ${reason}.`, {
    hint: isOutOfReach(cause)
      ? 'See that PostgreSQL runs at the address of --database, then call again.'
      : 'Check user, password and database name in --database; the user must be allowed to create tables there.',
    cause,
  });
}
