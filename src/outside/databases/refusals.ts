import { WwiseFlowError } from '../../core/errors.ts';

/** Where keys of rows that were written are kept: in the database itself, so that both are written or neither. */
export const KEYS_TABLE = 'wwiseflow_written_rows';

export function tooManyRows(database: string, most: number): WwiseFlowError {
  return new WwiseFlowError(
    'QUERY_TOO_LARGE',
    `The query on the database "${database}" finds more than ${most} rows.`,
    {
      hint: 'Ask for less: a WHERE, a LIMIT, or "limit" of the node.',
      details: { database, mostRows: most },
    },
  );
}

export function tookTooLong(database: string, timeoutMs: number): WwiseFlowError {
  return new WwiseFlowError(
    'TIMEOUT',
    `The database "${database}" took longer than ${timeoutMs} ms and was interrupted.`,
    { hint: 'Ask for less, or raise "queryTimeoutMs" of the node.', details: { database, timeoutMs } },
  );
}

export function mayOnlyRead(database: string): WwiseFlowError {
  return new WwiseFlowError('NOT_PERMITTED', `The database "${database}" may only be read.`, {
    hint: `Say "write": true in its entry under "databases" of the configuration file, and start again.`,
    details: { database },
  });
}

export function cancelledQuery(database: string): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', `The query on the database "${database}" was cancelled.`, {
    hint: 'Run the workflow again when it is wanted.',
    details: { database },
  });
}

/** What a database said of a query, in its words. */
export function refusedQuery(database: string, reason: string, cause: unknown): WwiseFlowError {
  const [, table] =
    /no such table: (?:main\.)?(\S+)|relation "([^"]+)" does not exist/.exec(reason)?.filter(Boolean) ?? [];
  const [, column] =
    /no such column: (\S+)|column "?([^" ]+)"? (?:of relation \S+ )?does not exist/
      .exec(reason)
      ?.filter(Boolean) ?? [];
  const code =
    table !== undefined ? 'TABLE_NOT_FOUND' : column !== undefined ? 'COLUMN_NOT_FOUND' : 'INVALID_QUERY';
  return new WwiseFlowError(code, `The database "${database}" refused the query: ${reason}.`, {
    hint: 'Correct the query by what the database says of it.',
    details: {
      database,
      ...(table === undefined ? {} : { table }),
      ...(column === undefined ? {} : { column }),
    },
    cause,
  });
}
