import type { JsonObject } from '../../../../core/json.ts';
import type { NodeContext } from '../../node-kind.ts';
import { MOST_ROWS, type SourceInput } from './source-input.ts';

/** A query that is no more than a name is meant as that table. */
const bareName = /^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/;

/** Rows of a database of the configuration. */
export async function databaseSource(wanted: SourceInput, context: NodeContext): Promise<JsonObject> {
  const { query = '', parameters = [], where = {}, fields, orderBy, limit, queryTimeoutMs } = wanted;
  const database = await context.outside.database(wanted.database);
  const limits = { mostRows: MOST_ROWS, timeoutMs: queryTimeoutMs, signal: context.signal };
  const table = wanted.table ?? (bareName.test(query.trim()) ? query.trim() : undefined);
  const items =
    table === undefined
      ? (await database.query(query, parameters, limits)).slice(0, limit)
      : await database.read({ table, fields, where, orderBy, limit }, limits);
  return { items, count: items.length };
}
