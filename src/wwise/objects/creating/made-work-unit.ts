import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** Why a new Work Unit outlives every undo. */
export const staysOnDisk =
  'A Work Unit is a file of its own: making it saves the project at once, and undo does not take it away.';

/** The same sentence for a tree of new objects in which a Work Unit is; undefined for others. */
export function madeWorkUnit(tree: JsonObject): string | undefined {
  return holdsWorkUnit(tree) ? staysOnDisk : undefined;
}

function holdsWorkUnit(tree: Json): boolean {
  if (!isJsonObject(tree)) return false;
  const { type, children } = tree;
  if (typeof type === 'string' && type.toLowerCase() === 'workunit') return true;
  return asJsonArray(children).some(holdsWorkUnit);
}
