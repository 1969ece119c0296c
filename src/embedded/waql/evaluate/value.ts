import type { Json, JsonObject } from '../../../core/json.ts';
import type { WwiseObject } from '../../model/model.ts';

/** A JSON value with members, such as `duration`. Boxed so that it is never taken for an object of the project. */
export interface Facts {
  readonly facts: JsonObject;
}

export type Item = string | number | boolean | WwiseObject | Facts;

/** What a path yields for one object. Null: nothing is there (an unset reference); undefined: the member does not apply. */
export type Value = undefined | null | Item | readonly Item[];

/** What a step is known to yield before it runs; `unknown` for members that differ between types. */
export type Kind = 'object' | 'objects' | 'value' | 'values' | 'facts' | 'unknown';

export function isList(value: Value): value is readonly Item[] {
  return Array.isArray(value);
}

export function isFacts(value: Value): value is Facts {
  return typeof value === 'object' && value !== null && 'facts' in value;
}

export function isObject(value: Value): value is WwiseObject {
  return typeof value === 'object' && value !== null && !isList(value) && !isFacts(value);
}

/** A member of a JSON value, without case; undefined when it has none of that name. */
export function factOf({ facts }: Facts, name: string): Value {
  const wanted = name.toLowerCase();
  for (const [member, value] of Object.entries(facts)) {
    if (member.toLowerCase() === wanted) return valueOfJson(value);
  }
  return undefined;
}

function valueOfJson(json: Json | undefined): Value {
  if (json === undefined || json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(valueOfJson).flatMap((value) => itemsOf(value));
  return { facts: json as JsonObject };
}

/** The items of a value: none for nothing, one for a single one. */
export function itemsOf(value: Value): readonly Item[] {
  if (value === undefined || value === null) return [];
  return isList(value) ? value : [value];
}
