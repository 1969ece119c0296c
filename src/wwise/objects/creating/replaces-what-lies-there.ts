import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** Whether arguments of a command or of a call ask to delete what lies where something new is to be. */
export function replacesWhatLiesThere(args: JsonObject): boolean {
  const open: Json[] = [args];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) for (const item of value) open.push(item);
    if (!isJsonObject(value)) continue;
    if (value.onNameConflict === 'replace' || value.importOperation === 'replaceExisting') return true;
    for (const member of Object.values(value)) open.push(member ?? null);
  }
  return false;
}
