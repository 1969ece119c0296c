import { asJsonArray, asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { SharedSchema } from './node-contract.ts';

export interface SchemaMisfit {
  /** JSON pointer into the value. */
  readonly pointer: string;
  /** "is never there", "is a string and must be a number". */
  readonly why: string;
}

/**
 * Where a value of one schema never fits another one: the first place that is sure. Schemas with choices in them are taken as
 * fitting. `coerce`: texts, numbers and booleans are turned into each other.
 */
export function misfitOf(
  given: SharedSchema,
  wanted: SharedSchema,
  coerce: boolean,
): SchemaMisfit | undefined {
  return compare(given.schema, wanted.schema, '', 0);

  function compare(
    one: Json | undefined,
    other: Json | undefined,
    pointer: string,
    depth: number,
  ): SchemaMisfit | undefined {
    const from = follow(one, given.shared);
    const to = follow(other, wanted.shared);
    if (from === undefined || to === undefined || depth > DEEPEST || hasChoices(from) || hasChoices(to))
      return undefined;
    const types = typesOf(from);
    const allowed = typesOf(to);
    if (types !== undefined && allowed !== undefined && !types.some((type) => mayBe(type, allowed, coerce)))
      return { pointer, why: `is ${types.join(' or ')} and must be ${allowed.join(' or ')}` };
    const properties = asJsonObject(from.properties);
    for (const name of asJsonArray(to.required).map(String))
      if (from.additionalProperties === false && !Object.hasOwn(properties, name))
        return { pointer: `${pointer}/${name}`, why: 'is never there' };
    for (const [name, property] of Object.entries(asJsonObject(to.properties))) {
      if (!Object.hasOwn(properties, name) || !asJsonArray(to.required).includes(name)) continue;
      const misfit = compare(properties[name], property, `${pointer}/${name}`, depth + 1);
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  }
}

const DEEPEST = 16;

function follow(schema: Json | undefined, shared: JsonObject, left = DEEPEST): JsonObject | undefined {
  if (!isJsonObject(schema)) return undefined;
  if (typeof schema.$ref !== 'string') return schema;
  const [, path] = /^#\/schemas\/(.+)$/.exec(schema.$ref) ?? [];
  if (path === undefined || left === 0) return undefined;
  let at: Json | undefined = shared;
  for (const part of path.split('/'))
    at = isJsonObject(at) ? at[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined;
  return follow(at, shared, left - 1);
}

const choices = ['anyOf', 'oneOf', 'allOf', 'if', 'not', '$dynamicRef'];

function hasChoices(schema: JsonObject): boolean {
  return choices.some((keyword) => Object.hasOwn(schema, keyword));
}

function typesOf({ type, enum: values, const: only }: JsonObject): readonly string[] | undefined {
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.map(String);
  if (only !== undefined) return [typeName(only)];
  return Array.isArray(values) ? [...new Set(values.map(typeName))] : undefined;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const scalars: ReadonlySet<string> = new Set(['string', 'number', 'integer', 'boolean', 'null']);

function mayBe(type: string, allowed: readonly string[], coerce: boolean): boolean {
  if (allowed.includes(type)) return true;
  if (
    (type === 'integer' || type === 'number') &&
    (allowed.includes('number') || allowed.includes('integer'))
  )
    return true;
  return coerce && scalars.has(type) && allowed.some((one) => scalars.has(one));
}
