import type { Json } from '../../core/json.ts';

/** Some MCP clients send objects and arrays as their JSON text: gives the value when `value` is such a text, else `value`. */
export function parsedIfText<T>(value: T): T | Json {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    const parsed: Json = JSON.parse(value);
    return parsed;
  } catch {
    return value;
  }
}
