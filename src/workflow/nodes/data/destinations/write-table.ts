import type { Json, JsonObject } from '../../../../core/json.ts';
import type { NodeContext } from '../../node-kind.ts';
import type { DestinationInput } from './destination-input.ts';
import type { RowsToWrite } from './rows-to-write.ts';

/** Writes rows into a table, all that are not there yet or none. */
export async function writeTable(
  { database: name, table = '', createTable, createRelation, queryTimeoutMs }: DestinationInput,
  { rows, keys, isSingle }: RowsToWrite,
  { outside, isPreview }: NodeContext,
): Promise<JsonObject> {
  const database = await outside.database(name);
  if (isPreview) return { written: 0, database: database.name, table };
  const { written, ids } = await database.insert({
    table,
    rows: rows.map((values, index) => ({ key: keys[index] ?? '', values })),
    createTable: createTable || createRelation,
    timeoutMs: queryTimeoutMs,
  });
  const [id = null] = ids;
  return { written, database: database.name, table, ids, ...(isSingle ? ofOne(table, id) : {}) };
}

/** Of one row its id, by that name and by the table's: `sharedAudienceId` of a row of `shared_audiences`. */
function ofOne(table: string, id: Json): JsonObject {
  const [name = ''] = table.split('.').slice(-1);
  const one = name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  const camel =
    one.toLowerCase() === one ? one.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) : one;
  return { id, [`${camel}Id`]: id };
}
