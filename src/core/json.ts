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

/** True when objects and lists stand in one another more than `levels` deep. Takes no deeper stack itself, however deep they are. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (depth === levels) return true;
      for (const inner of Object.values(item))
        if (typeof inner === 'object' && inner !== null) below.push(inner);
    }
    level = below;
  }
  return false;
}

/** Far deeper than any hierarchy of objects; what walks a document level by level has stack enough for it. */
export const deepestDocument = 256;

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
