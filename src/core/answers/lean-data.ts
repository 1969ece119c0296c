import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { asJsonObject, asString, isJsonObject, type Json, type JsonObject } from '../json.ts';

/**
 * What a member of an output is where nothing special is to be said: it is then left out of what is printed. Register the field's
 * own schema, last in its chain: `delaySeconds: z.number().register(usual, { is: 0 })`.
 */
export const usual = z.registry<{
  readonly is: unknown;
  /** Of a map: members with these values are left out too. */
  readonly members?: Readonly<Record<string, unknown>>;
}>();

/** `.register(usual, ...)` for a list that is mostly empty. */
export const mostlyEmpty: { readonly is: unknown } = { is: [] };

/**
 * The output of a command as it is printed: without members that are null because there is nothing, that are as usual, or that
 * repeat what an object around them says (`objectId` beside `id`, `eventId` in an Event, the GUID of a parent whose path is
 * there). What workflows refer to stays in the output itself. Any JSON of others is left as it is. `ids`: of the objects around.
 */
export function leanData(schema: z.core.$ZodType, data: Json, ids: readonly string[]): Json {
  const inner = unwrapped(schema);
  if (Array.isArray(data)) {
    const item = inner instanceof z.ZodArray ? inner.element : undefined;
    return item === undefined ? data : data.map((one) => leanData(item, one, ids));
  }
  if (!isJsonObject(data)) return data;
  if (inner instanceof z.ZodUnion) {
    const option = inner.options.find((one) => fitsShape(one, data));
    return option === undefined ? data : leanData(option, data, ids);
  }
  if (!(inner instanceof z.ZodObject)) return data;
  const around = [...ids, ...(asString(data.id) === undefined ? [] : [asString(data.id) ?? ''])];
  const members = Object.entries(data).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined) return [];
    const member = Object.hasOwn(inner.shape, name) ? inner.shape[name] : undefined;
    if (member === undefined) return [[name, value]];
    const said = withoutUsual(member, value);
    if (isNothing(member, said) || isRepeated(name, said, data, around)) return [];
    return [[name, leanData(member, said, around)]];
  });
  return Object.fromEntries(members);
}

/** A row as it is printed: what it takes of an answer. */
export function asPrinted(schema: z.core.$ZodType): (row: unknown) => Json {
  return (row) => leanData(schema, asJsonObject(row), []);
}

function withoutUsual(member: z.core.$ZodType, value: Json): Json {
  const known = Object.assign({}, ...chainOf(member).map((layer) => usual.get(layer)?.members ?? {}));
  if (!isJsonObject(value) || Object.keys(known).length === 0) return value;
  const members = Object.entries(value).filter(([name, one]) => !isDeepStrictEqual(known[name], one));
  return Object.fromEntries(members);
}

function isNothing(member: z.core.$ZodType, value: Json): boolean {
  const known = chainOf(member).flatMap((layer) => usual.get(layer) ?? []);
  if (known.some(({ is }) => isDeepStrictEqual(is, value))) return true;
  return value === null && chainOf(member).some((layer) => layer instanceof z.ZodNullable);
}

function isRepeated(name: string, value: Json, { path }: JsonObject, ids: readonly string[]): boolean {
  if (name === 'parentId') return path !== undefined;
  return name !== 'id' && /Id$/.test(name) && ids.includes(asString(value) ?? '');
}

function fitsShape(option: z.core.$ZodType, data: JsonObject): boolean {
  const inner = unwrapped(option);
  if (!(inner instanceof z.ZodObject)) return false;
  return Object.keys(data).every((name) => Object.hasOwn(inner.shape, name));
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return chainOf(schema).at(-1) ?? schema;
}

/** The schema and what it wraps. */
function chainOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const chain = [schema];
  for (let at = schema; isWrapper(at); chain.push(at)) at = at.unwrap();
  return chain;
}

function isWrapper(schema: z.core.$ZodType): schema is z.ZodOptional | z.ZodNullable | z.ZodDefault {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
}
