import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json, JsonObject } from '../../../../core/json.ts';
import { showValue } from '../../../runtime/values/show-value.ts';
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
  const { jsonColumns = [] } = wanted;
  return { items: items.map((row) => withJson(row, jsonColumns)), count: items.length };
}

/** Texts of these columns as the JSON they hold. What is no text is what it is already. */
function withJson(row: JsonObject, columns: readonly string[]): JsonObject {
  if (columns.length === 0) return row;
  const made: Record<string, Json | undefined> = { ...row };
  for (const column of columns) {
    const text = row[column];
    if (typeof text !== 'string') continue;
    try {
      made[column] = JSON.parse(text);
    } catch (thrown) {
      throw new WwiseFlowError('INVALID_INPUT', `Column "${column}" holds no JSON: ${showValue(text)}.`, {
        hint: 'Leave it out of "jsonColumns", or mend the row.',
        details: { column, reason: thrown instanceof Error ? thrown.message : String(thrown) },
      });
    }
  }
  return made;
}
