import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { ObjectRows } from '../objects/finding/look-up-objects.ts';

/** Stored data with the names and paths its objects have now: they may have been renamed or moved since. */
export function refreshed(data: JsonObject, rows: ObjectRows): JsonObject {
  const refresh = (value: Json | undefined): Json => {
    if (Array.isArray(value)) return value.map(refresh);
    if (!isJsonObject(value)) return value === undefined || typeof value === 'object' ? null : value;
    const row = typeof value.id === 'string' ? rows.get(value.id) : undefined;
    const members = Object.entries(value).map(([name, member]): [string, Json] => {
      const current = name === 'name' || name === 'path' ? row?.[name] : undefined;
      return [name, typeof current === 'string' ? current : refresh(member)];
    });
    return Object.fromEntries(members);
  };
  const value = refresh(data);
  return isJsonObject(value) ? value : data;
}
