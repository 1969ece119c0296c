import { asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** What stands at a path inside a value; undefined where nothing does. */
export function valueAt(value: Json, path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const [depth, key] of path.entries()) {
    if (Array.isArray(current)) current = current[Number(key)];
    else if (isJsonObject(current)) {
      // A row of a query may be keyed `parent.name`: the rest of the path as one key.
      const rest = path.slice(depth).join('.');
      if (Object.hasOwn(current, rest)) return current[rest];
      current = member(current, key);
    } else return undefined;
  }
  return current;
}

/** `objectId` reads an object's `id`, at its own level or inside `object`, and the other way about. */
function member(value: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(value, key)) return value[key];
  if (key === 'id') return value.objectId;
  return key === 'objectId' ? (value.id ?? asJsonObject(value.object).id) : undefined;
}

/** The parts of a path as it is written: `objects[0].id` and `objects.0.id` are the same one. */
export function pathSegments(text: string): string[] {
  return (text.includes('[') ? text.replaceAll(/\[(\d+)\]/g, '.$1') : text).split('.');
}
