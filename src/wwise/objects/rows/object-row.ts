import { z } from 'zod';
import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';

/** How an object is always given back. */
export const objectRef = z.object({
  id: z.string().describe('GUID in braces.'),
  name: z.string().describe('Name; empty for inner objects such as list items.'),
  type: z.string().describe('WAAPI type name, e.g. Sound.'),
  path: z.string().describe('Full path with backslashes.'),
});

export type ObjectRef = z.output<typeof objectRef>;

/** An object that was asked for by a designator. */
export interface FoundObject extends ObjectRef {
  /** The whole row, keyed by the return expressions. */
  readonly row: JsonObject;
}

/** The same, with the parent: what a create gives back, so that the object can be checked later. */
export const createdRef = objectRef.extend({
  parentId: z.string().describe('GUID of the parent.'),
});

export type CreatedRef = z.output<typeof createdRef>;

/** What to ask Wwise for to fill an ObjectRef. */
export const refReturns: readonly string[] = ['id', 'name', 'type', 'path'];

/** The ObjectRef in a row of object.get; members Wwise left out are empty. */
export function refOf(row: JsonObject): ObjectRef {
  const { id, name, type, path } = row;
  return {
    id: (asString(id) ?? '').toUpperCase(),
    name: asString(name) ?? '',
    type: asString(type) ?? '',
    path: asString(path) ?? '',
  };
}

/** ObjectRef and parent of a row that was asked for `parent` too. */
export function createdRefOf(row: JsonObject): CreatedRef {
  return { ...refOf(row), parentId: referenceIdOf(row.parent) ?? nullGuid };
}

/** The GUID in what Wwise answers for a reference, or null when it points at nothing. */
export function referenceIdOf(value: Json | undefined): string | null {
  const id = isJsonObject(value) ? asString(value.id) : asString(value);
  if (id === undefined || id === '' || id === nullGuid) return null;
  return id.toUpperCase();
}
