import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';

/** Row by designator; a designator that names nothing has none. */
export type ObjectRows = ReadonlyMap<string, JsonObject>;

/** Designators per query: keeps the WAQL text below 100 kB. */
const BATCH_SIZE = 2_300;

/**
 * The rows of these objects (designators in project words) with id, name, type, path, parent and `returns`.
 * One query when all exist. Wwise refuses a query that names a missing object, so a refused batch is halved until the
 * missing ones stand alone: n objects of which k are gone take about 2k log n queries.
 */
export async function lookUpObjects(
  designators: readonly string[],
  returns: readonly string[],
  options: JsonObject,
  waapi: Waapi,
): Promise<ObjectRows> {
  const rows = new Map<string, JsonObject>();
  const wanted = ['id', 'name', 'type', 'path', 'parent', ...returns];
  const waiting: (readonly string[])[] = [];
  for (let start = 0; start < designators.length; start += BATCH_SIZE) {
    waiting.push(designators.slice(start, start + BATCH_SIZE));
  }
  for (let batch = waiting.pop(); batch !== undefined; batch = waiting.pop()) {
    const found = await ask(batch, wanted, options, waapi);
    if (found.length === batch.length) {
      for (const [index, designator] of batch.entries()) rows.set(designator, found[index] ?? {});
    } else if (batch.length > 1) {
      const middle = batch.length >> 1;
      waiting.push(batch.slice(middle), batch.slice(0, middle));
    }
  }
  return rows;
}

/** The rows in the order asked, or none when Wwise refuses the query. */
async function ask(
  batch: readonly string[],
  returns: readonly string[],
  options: JsonObject,
  waapi: Waapi,
): Promise<readonly JsonObject[]> {
  const waql = `$ ${batch.map((designator) => `"${designator}"`).join(', ')}`;
  try {
    const answer = await waapi.call(
      'ak.wwise.core.object.get',
      { waql },
      { ...options, return: [...new Set(returns)] },
    );
    return asJsonArray(answer.return).filter(isJsonObject);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (['OBJECT_NOT_FOUND', 'INVALID_QUERY', 'UNKNOWN_PROPERTY', 'WAAPI_ERROR'].includes(error.code))
      return [];
    throw error;
  }
}
