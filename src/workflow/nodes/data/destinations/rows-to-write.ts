import { isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import type { NodeContext } from '../../node-kind.ts';
import { itemListOf } from '../item-list.ts';
import { fieldOf } from '../operations/fields.ts';
import type { DestinationInput } from './destination-input.ts';

/** The rows of an output, and what they are known by. */
export interface RowsToWrite {
  readonly rows: readonly JsonObject[];
  /** Of each row: `<run>/<node>/<item>`. The same in a run that goes on. */
  readonly keys: readonly string[];
  /** It is one object, not a list. */
  readonly isSingle: boolean;
  /** Of one row: the lengths of its lists, as `contactsCount`. */
  readonly counts: JsonObject;
}

/** The row of its mapping, else the list it names, else the one in what flows in, else that itself. */
export function rowsToWrite(
  { items, list, mapping, fields, content }: DestinationInput,
  { flow, key }: NodeContext,
): RowsToWrite {
  if (content !== undefined) return { rows: [], keys: [], isSingle: true, counts: {} };
  const flowing = mapping ?? flow();
  const isSingle =
    mapping !== undefined ||
    (items === undefined &&
      list === undefined &&
      isJsonObject(flowing) &&
      !Object.values(flowing).some(Array.isArray));
  const given: readonly Json[] = isSingle ? [flowing] : itemListOf(flowing, items, list).items;
  const rows = given.map((item) => rowOf(item, fields));
  const [first = {}] = rows;
  return {
    rows,
    keys: rows.map((_, index) => `${key}/${index}`),
    isSingle,
    counts: isSingle ? countsOf(first) : {},
  };
}

function rowOf(item: Json, fields: readonly string[] | undefined): JsonObject {
  const row = isJsonObject(item) ? item : { value: item };
  return fields === undefined ? row : Object.fromEntries(fields.map((field) => [field, fieldOf(row, field)]));
}

function countsOf(row: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      Array.isArray(value) ? [[`${name}Count`, value.length]] : [],
    ),
  );
}
