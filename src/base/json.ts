/** Any JSON value, as it travels over WAMP, HTTP and MCP. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Members may be absent. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

/** True for a plain JSON object: not null, not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of `value` when it is a JSON object, otherwise an empty object. */
export function asJsonObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The items of `value` when it is an array, otherwise an empty array. */
export function asJsonArray(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** `value` when it is a string, otherwise undefined. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
