import { canonicalJson } from '../../core/canonical-json.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { PreviewedChange } from '../preview/image.ts';
import type { Trial } from './try-out.ts';

/** In what two trials differ. */
export interface Differences {
  /** Nodes that gave something else, or that only one has: what each gave, null for none. */
  readonly nodes: readonly { readonly node: string; readonly a: Json; readonly b: Json }[];
  /** Objects that would be changed in another way, or by one only, by path. */
  readonly objects: readonly { readonly path: string; readonly a: Json; readonly b: Json }[];
}

/** New objects have another id in each trial: they are the same where their paths are. */
export function differencesOf(one: Trial, other: Trial): Differences {
  return {
    nodes: compared(outputsOf(one), outputsOf(other)).map(({ key, a, b }) => ({ node: key, a, b })),
    objects: compared(changesOf(one), changesOf(other)).map(({ key, a, b }) => ({ path: key, a, b })),
  };
}

function compared(
  one: ReadonlyMap<string, Json>,
  other: ReadonlyMap<string, Json>,
): readonly { readonly key: string; readonly a: Json; readonly b: Json }[] {
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => {
    const [a = null, b = null] = [one.get(key), other.get(key)];
    return canonicalJson(a) === canonicalJson(b) ? [] : [{ key, a, b }];
  });
}

function outputsOf({ rows, objects }: Trial): ReadonlyMap<string, Json> {
  const paths = new Map(
    objects.filter(({ change }) => change === 'created').map(({ id, path }) => [id, path] as const),
  );
  return new Map(
    rows.map(({ node, ok, data = null, code = null, error = null }): [string, Json] => [
      String(node),
      named(ok === true ? data : { code, error }, paths),
    ]),
  );
}

function changesOf({ objects }: Trial): ReadonlyMap<string, Json> {
  const paths = new Map(objects.map(({ id, path }) => [id, path] as const));
  return new Map(objects.map((object) => [object.path, named(changeIn(object), paths)]));
}

function changeIn({ change, type, oldPath, changes }: PreviewedChange): JsonObject {
  return { change, type, ...(oldPath === undefined ? {} : { oldPath }), changes };
}

/** The value with paths instead of the ids of new objects, and without what is another one each time. */
function named(value: Json, paths: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return paths.get(value) ?? value;
  if (Array.isArray(value)) return asJsonArray(value).map((item) => named(item, paths));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member = null]) => [name, named(member, paths)]),
  );
}
