import type { Json, JsonObject } from '../../core/json.ts';

/** A row as JSON: times in ISO 8601, bytes in base64, whole numbers that JSON cannot hold as texts. */
export function rowAsJson(row: object): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asJson(value)]));
}

function asJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString('base64');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(asJson);
  return rowAsJson(Object(value));
}

/** A value as SQLite keeps it: lists and objects as their JSON, booleans as 0 and 1. */
export function asSqlite(value: Json | undefined): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
