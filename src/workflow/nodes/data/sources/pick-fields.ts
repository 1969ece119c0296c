import { WwiseFlowError } from '../../../../core/errors.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../../../core/json.ts';
import { fieldOf, withMember } from '../operations/fields.ts';
import type { SourceInput } from './source-input.ts';

/** What an input gives of what its source had: only the fields that are wanted, and the only row where that is asked for. */
export function pickFields(given: JsonObject, { fields, single, source }: SourceInput): JsonObject {
  const picked = fields === undefined ? given : withFields(given, fields);
  if (!single) return picked;
  if (!Array.isArray(picked.items)) return picked;
  const [row, ...others] = asJsonArray(picked.items);
  if (row === undefined || others.length > 0) throw notOne(source, picked.items.length);
  return isJsonObject(row) ? row : { value: row };
}

function withFields(given: JsonObject, fields: readonly string[]): JsonObject {
  const pick = (item: Json): Json =>
    isJsonObject(item)
      ? fields.reduce<Json>((made, field) => withMember(made, field, fieldOf(item, field)), {})
      : item;
  if (Array.isArray(given.items)) return { ...given, items: asJsonArray(given.items).map(pick) };
  const made = pick(given);
  return isJsonObject(made) ? made : given;
}

function notOne(source: string, count: number): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The ${source} gives ${count === 0 ? 'no row' : `${count} rows`}, and "single" asks for one.`,
    {
      hint:
        count === 0
          ? 'Ask for a row that is there.'
          : 'Narrow it to one row, or leave "single" out and go through "items" by a forEach.',
      details: { field: 'single', rows: count },
    },
  );
}
