import { z } from 'zod';
import { deepestDocument, isJsonObject } from '../../json.ts';
import { type JsonBounds, jsonSize } from '../../json-bounds.ts';
import { atOnce } from '../../turns/turns.ts';

type Schema = z.core.$ZodType;

/**
 * An input with what some clients can only send otherwise put right, as far as its schema says what is meant: the JSON text of a
 * list or object, `"2"`, `"true"`, a number for a text, one text for a list of texts, and null or "" for what may be left out.
 * What cannot be read so stays as it is, for the schema to refuse by name.
 */
export function understood(schema: Schema, value: unknown): unknown {
  if (fits(schema, value)) return value;
  if ((value === '' || value === 'null') && fits(schema, null)) return null;
  const inner = unwrapped(schema);
  if (inner === undefined) return value;
  if (typeof value === 'string') return fromText(inner, value);
  if (inner instanceof z.ZodUnion) return firstThatFits(inner, value);
  if (inner instanceof z.ZodString && typeof value === 'number') return String(value);
  if (inner instanceof z.ZodArray && Array.isArray(value))
    return value.map((item: unknown) => understood(inner.element, item));
  if (inner instanceof z.ZodRecord && isJsonObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, understood(inner.valueType, item)]),
    );
  if (inner instanceof z.ZodObject && isJsonObject(value)) return membersOf(inner, value);
  return value;
}

function membersOf(schema: z.ZodObject, value: object): object {
  const members = Object.entries(value).flatMap(([name, given]: [string, unknown]) => {
    const member = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    if (member === undefined) return [[name, given]];
    const meant = understood(member, given);
    const isNothing = (meant === null || meant === '') && mayBeLeftOut(member);
    return isNothing && !fits(member, meant) ? [] : [[name, meant]];
  });
  return Object.fromEntries(members);
}

function fromText(schema: Schema, text: string): unknown {
  if (schema instanceof z.ZodNumber && isNumber(text)) return Number(text);
  if (schema instanceof z.ZodBoolean && /^(true|false)$/i.test(text.trim())) return /true/i.test(text);
  if (schema instanceof z.ZodLiteral)
    return [...schema.values].find((value) => String(value) === text) ?? text;
  if (schema instanceof z.ZodUnion) return firstThatFits(schema, text);
  const isList = schema instanceof z.ZodArray;
  if (!isList && !(schema instanceof z.ZodObject) && !(schema instanceof z.ZodRecord)) return text;
  const parsed = jsonIn(text);
  if (isList ? Array.isArray(parsed) : isJsonObject(parsed)) return understood(schema, parsed);
  return isList && text !== '' && fits(schema.element, text) ? [text] : text;
}

/** Of several meanings the first that the schema takes. */
function firstThatFits(schema: z.ZodUnion, value: unknown): unknown {
  for (const option of schema.options) {
    const meant = understood(option, value);
    if (fits(option, meant)) return meant;
  }
  return value;
}

function fits(schema: Schema, value: unknown): boolean {
  return z.safeParse(schema, value).success;
}

function mayBeLeftOut(schema: Schema): boolean {
  return schema._zod.optin !== undefined;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function jsonIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text) || isTooMuch(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text in a message was not measured with it. */
function isTooMuch(text: string): boolean {
  return atOnce(jsonSize(Buffer.from(text), textBounds)).excess !== null;
}

const textBounds: JsonBounds = { deepest: deepestDocument, mostValues: 100_000 };

/** The schema below what may be left out; undefined for one that takes anything. */
function unwrapped(schema: Schema): Schema | undefined {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault
  )
    inner = inner.unwrap();
  return inner instanceof z.ZodLazy || inner instanceof z.ZodUnknown || inner instanceof z.ZodAny
    ? undefined
    : inner;
}
