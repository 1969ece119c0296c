import { asJsonArray, asString, type JsonObject } from '../../core/json.ts';
import type { Waapi } from '../connection/waapi.ts';
import { askRows } from '../objects/finding/ask-rows.ts';
import { referenceIdOf, refOf } from '../objects/rows/object-row.ts';
import { decidingFor, type OverrideRowsById } from './lost-values.ts';
import { overrideGate } from './override-gate.ts';

/** The override that makes another object decide about a property, and that object; undefined where none does. */
export function decidedAbove(
  member: string,
  row: JsonObject,
  rows: OverrideRowsById,
): { readonly override: string; readonly source: JsonObject } | undefined {
  const gate = overrideGate(member, refOf(row).type);
  if (gate === undefined || gate.always || row[`@${gate.override}`] !== false) return undefined;
  const source = decidingFor(row, gate.override, rows);
  return source === row ? undefined : { override: gate.override, source };
}

/** By GUID of an object: the properties that its RTPCs drive. `rows`: asked for `@RTPC`. Rejects like Waapi. */
export async function drivenProperties(
  rows: readonly JsonObject[],
  waapi: Waapi,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const owners = new Map<string, string>();
  for (const row of rows)
    for (const item of asJsonArray(row['@RTPC'])) {
      const rtpc = referenceIdOf(item);
      if (rtpc !== null) owners.set(rtpc, refOf(row).id);
    }
  const driven = new Map<string, string[]>();
  const ids = [...owners.keys()];
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    const named = ids.slice(start, start + BATCH_SIZE).map((id) => `"${id}"`);
    for (const row of await askRows(`$ ${named.join(', ')}`, ['id', '@PropertyName'], { waapi })) {
      const owner = owners.get((asString(row.id) ?? '').toUpperCase());
      const property = asString(row['@PropertyName']);
      if (owner !== undefined && property !== undefined)
        driven.set(owner, [...(driven.get(owner) ?? []), property]);
    }
  }
  return driven;
}

/** Keeps the query short. */
const BATCH_SIZE = 2_000;
