import type { JsonObject } from '../../../../core/json.ts';

/** JSON Schemas of what routes take and give beside what operations describe. */
export const anyObject: JsonObject = { type: 'object' };
export const text: JsonObject = { type: 'string' };

/** An object with these members, of which some are required. */
export function objectOf(properties: JsonObject, required: readonly string[] = []): JsonObject {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required: [...required] }) };
}

/** A list of such objects under one name. */
export function listOf(name: string): JsonObject {
  return objectOf({ [name]: { type: 'array', items: anyObject } }, [name]);
}
