import { asJsonArray, isJsonObject, type Json } from '../../../../core/json.ts';
import { pathSegments, valueAt } from '../../../expressions/value-at.ts';

/** What an item has in a field; null where it has nothing. */
export function fieldOf(item: Json, path: string): Json {
  return valueAt(item, pathSegments(path)) ?? null;
}

/** The item with another value in a field; objects on the way to it are made where there are none. */
export function withMember(item: Json, path: string, value: Json): Json {
  return put(item, pathSegments(path), value);
}

/** The item without a field. */
export function withoutField(item: Json, path: string): Json {
  const segments = pathSegments(path);
  return valueAt(item, segments) === undefined ? item : put(item, segments, undefined);
}

function put(item: Json, [name = '', ...inner]: readonly string[], value: Json | undefined): Json {
  if (Array.isArray(item)) {
    const at = Number(name);
    const items = asJsonArray(item);
    if (!Number.isInteger(at) || at < 0 || at > items.length) return item;
    if (value === undefined && inner.length === 0) return items.filter((_, index) => index !== at);
    return items.with(
      Math.min(at, items.length - 1),
      inner.length === 0 ? (value ?? null) : put(items[at] ?? null, inner, value),
    );
  }
  const members: Record<string, Json> = {};
  if (isJsonObject(item))
    for (const [key, member] of Object.entries(item)) if (member !== undefined) members[key] = member;
  const made = inner.length > 0 ? put(members[name] ?? null, inner, value) : value;
  if (made === undefined) delete members[name];
  else
    Object.defineProperty(members, name, {
      value: made,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return members;
}
