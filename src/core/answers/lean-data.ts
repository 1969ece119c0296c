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
  return printerOf(schema)(data, ids);
}

/** How values of one schema are printed. Schemas are for good, so what one asks for is worked out once. */
type Printer = (data: Json, ids: readonly string[]) => Json;

const printers = new WeakMap<z.core.$ZodType, Printer>();

function printerOf(schema: z.core.$ZodType): Printer {
  const known = printers.get(schema);
  if (known !== undefined) return known;
  const printer = newPrinter(unwrapped(schema));
  printers.set(schema, printer);
  return printer;
}

function newPrinter(inner: z.core.$ZodType): Printer {
  if (inner instanceof z.ZodArray) {
    const { element } = inner;
    return (data, ids) => {
      if (!Array.isArray(data)) return data;
      const print = printerOf(element);
      return data.map((one) => print(one, ids));
    };
  }
  if (inner instanceof z.ZodUnion)
    return (data, ids) => {
      const option = isJsonObject(data) ? inner.options.find((one) => fitsShape(one, data)) : undefined;
      return option === undefined ? data : leanData(option, data, ids);
    };
  return inner instanceof z.ZodObject ? objectPrinter(inner) : (data) => data;
}

function objectPrinter({ shape }: z.ZodObject): Printer {
  let members: ReadonlyMap<string, Member> | undefined;
  return (data, ids) => {
    if (!isJsonObject(data)) return data;
    // Worked out when it is first asked for: a schema may hold itself.
    members ??= new Map(Object.entries(shape).map(([name, member]) => [name, memberOf(name, member)]));
    const id = asString(data.id);
    const around = id === undefined ? ids : [...ids, id];
    const lean: Record<string, Json> = {};
    for (const [name, value] of Object.entries(data)) {
      if (value === undefined) continue;
      const member = members.get(name);
      if (member === undefined) {
        put(lean, name, value);
        continue;
      }
      const said = member.usualMembers === undefined ? value : withoutUsual(member.usualMembers, value);
      if (isNothing(member, said) || isRepeated(member, said, data, around)) continue;
      put(lean, name, member.print(said, around));
    }
    return lean;
  };
}

/** What is to be known of a member of an object. */
interface Member {
  readonly print: Printer;
  /** Values that say nothing. */
  readonly usual: readonly unknown[];
  /** Of a map: values of its members that say nothing. */
  readonly usualMembers: Readonly<Record<string, unknown>> | undefined;
  readonly isNullable: boolean;
  readonly isParentId: boolean;
  /** It holds the GUID of an object. */
  readonly namesObject: boolean;
}

function memberOf(name: string, schema: z.core.$ZodType): Member {
  const chain = chainOf(schema);
  const registered = chain.flatMap((layer) => usual.get(layer) ?? []);
  const usualMembers = Object.assign({}, ...registered.map(({ members }) => members ?? {}));
  return {
    print: printerOf(schema),
    usual: registered.map(({ is }) => is),
    usualMembers: Object.keys(usualMembers).length === 0 ? undefined : usualMembers,
    isNullable: chain.some((layer) => layer instanceof z.ZodNullable),
    isParentId: name === 'parentId',
    namesObject: name !== 'id' && /Id$/.test(name),
  };
}

/** As a member of its own, whatever its name. */
function put(lean: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(lean, name, { value, enumerable: true, configurable: true, writable: true });
  else lean[name] = value;
}

/** A row as it is printed: what it takes of an answer. */
export function asPrinted(schema: z.core.$ZodType): (row: unknown) => Json {
  return (row) => leanData(schema, asJsonObject(row), []);
}

function withoutUsual(known: Readonly<Record<string, unknown>>, value: Json): Json {
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(([name, one]) => !isDeepStrictEqual(known[name], one));
  return Object.fromEntries(members);
}

function isNothing({ usual: known, isNullable }: Member, value: Json): boolean {
  return (value === null && isNullable) || known.some((is) => isDeepStrictEqual(is, value));
}

function isRepeated(
  { isParentId, namesObject }: Member,
  value: Json,
  { path }: JsonObject,
  ids: readonly string[],
): boolean {
  if (isParentId) return path !== undefined;
  return namesObject && ids.includes(asString(value) ?? '');
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
