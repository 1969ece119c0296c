import { z } from 'zod';
import { bare, jsonTypes, membersOf, type Schema, type Side } from './schema-kinds.ts';

export type Followed =
  /** The path leads somewhere; `schema` is undefined where anything may be. */
  | {
      readonly found: true;
      readonly schema: Schema | undefined;
      /** An object on the way declares other members, and lets this one be there all the same. */
      readonly undeclared?: { readonly key: string; readonly fields: readonly string[] };
    }
  /** There is no member `missing`; `fields` are those there are. */
  | { readonly found: false; readonly missing: string; readonly fields: readonly string[] };

/**
 * Follows a path through a schema. In an output `objectId` and `id` are the same thing, at their own level or inside
 * `object`: objects come back as `{ id, name, type, path }` while inputs ask for an `objectId`.
 */
export function followPath(schema: Schema, path: readonly (string | number)[], side: Side): Followed {
  let current = schema;
  for (const key of path) {
    const next = enter(current, String(key), side);
    if (next === 'anything') {
      const fields = Object.keys(membersOf(current, side) ?? {});
      const isDeclared = fields.length === 0 || fields.includes(String(key));
      return {
        found: true,
        schema: undefined,
        ...(isDeclared ? {} : { undeclared: { key: String(key), fields } }),
      };
    }
    if (next === undefined) {
      return { found: false, missing: String(key), fields: Object.keys(membersOf(current, side) ?? {}) };
    }
    current = next;
  }
  return { found: true, schema: current };
}

function enter(schema: Schema, key: string, side: Side): Schema | 'anything' | undefined {
  const core = bare(schema, side);
  if (core instanceof z.ZodObject) return enterObject(core, key, side);
  if (core instanceof z.ZodArray) return /^\d+$/.test(key) ? core.element : undefined;
  if (core instanceof z.ZodRecord) return core.valueType;
  if (core instanceof z.ZodUnion) return enterAny(core.options, key, side);
  return jsonTypes(core, side) === undefined ? 'anything' : undefined;
}

function enterObject(object: z.ZodObject, key: string, side: Side): Schema | 'anything' | undefined {
  const own = member(object, key);
  if (own !== undefined) return own;
  const twin = side === 'output' ? objectIdTwin(object, key) : undefined;
  if (twin !== undefined) return twin;
  const { catchall } = object.def;
  return catchall !== undefined && catchall._zod.def.type !== 'never' ? 'anything' : undefined;
}

function objectIdTwin(object: z.ZodObject, key: string): Schema | 'anything' | undefined {
  if (key === 'id') return member(object, 'objectId');
  if (key !== 'objectId') return undefined;
  const inside = member(object, 'object');
  return member(object, 'id') ?? (inside === undefined ? undefined : enter(inside, 'id', 'output'));
}

function member(object: z.ZodObject, key: string): Schema | undefined {
  return Object.hasOwn(object.shape, key) ? object.shape[key] : undefined;
}

function enterAny(options: readonly Schema[], key: string, side: Side): Schema | 'anything' | undefined {
  const entered = options.map((option) => enter(option, key, side)).filter((next) => next !== undefined);
  return entered.includes('anything') ? 'anything' : entered[0];
}
