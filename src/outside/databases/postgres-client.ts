import type pg from 'pg';
import { WwiseFlowError } from '../../core/errors.ts';
import { systemCode } from '../../core/files/system-code.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** One connection to a PostgreSQL server. Rejects with PACKAGE_MISSING, or with what the connection failed of. */
export async function connectPostgres(address: string): Promise<pg.Client> {
  const { Client } = await driver();
  const client = new Client({
    connectionString: address,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'wwiseflow',
  });
  // Whoever waits for a statement learns of the end of the connection; without a listener the process would end of it.
  client.on('error', () => undefined);
  for (const type of datesWithoutTime) client.setTypeParser(type, (text) => new Date(text).toISOString());
  for (const type of writtenAsText) client.setTypeParser(type, (text) => text);
  try {
    await client.connect();
  } catch (thrown) {
    await client.end().catch(() => undefined);
    throw thrown;
  }
  return client;
}

/** `date`: the driver would take midnight where this process runs. */
const datesWithoutTime: readonly number[] = [1082];
/** `interval`, `point` and `circle`: the driver would make objects of its own of them. */
const writtenAsText: readonly number[] = [1186, 600, 718];

/** Asks for rows, by one statement: the other protocol of the server would take several. */
export async function rowsOfStatement(
  client: pg.Client,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const statement = { text, values: [...values], queryMode: 'extended' };
  return (await client.query<Record<string, unknown>>(statement)).rows;
}

/** Has the server stop what this connection waits for. What cannot be stopped ends with the connection. */
export async function cancelStatement(client: pg.Client, pid: unknown, address: string): Promise<void> {
  try {
    const other = await connectPostgres(address);
    try {
      await rowsOfStatement(other, 'SELECT pg_cancel_backend($1)', [pid]);
    } finally {
      await other.end();
    }
  } catch {
    await client.end().catch(() => undefined);
  }
}

async function driver(): Promise<typeof pg> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    if (systemCode(cause) !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new WwiseFlowError(
      'PACKAGE_MISSING',
      'PostgreSQL needs the package "pg", which is not installed.',
      {
        hint: 'Install it beside WwiseFlow: npm install pg (with -g where WwiseFlow is), and start again.',
        details: { package: 'pg' },
        cause,
      },
    );
  }
}
