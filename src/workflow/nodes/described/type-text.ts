import { z } from 'zod';
import { wordsParam } from '../../../core/dispatch/input/one-of.ts';
import { asJsonArray, isJsonObject } from '../../../core/json.ts';
import { designators, wires } from '../../../core/wiring.ts';
import { bare, layers, mayBeAbsent, type Schema, type Side } from '../../compiler/schema/schema-kinds.ts';

/** How much of a type to write. */
export interface TypeTextStyle {
  readonly side: Side;
  /** Objects deeper than this are `{...}`, as is one that was written before. */
  readonly depth: number;
  /** With the ranges of numbers and every choice. */
  readonly inFull: boolean;
}

/** What was written so far, and how deep in objects. */
interface Written {
  readonly objects: Set<Schema>;
  readonly depth: number;
}

/**
 * A schema as one would write its type: `{childId: Object, switchId: Switch|State}[]`. A designator of an object is the types of
 * objects it takes, or `Object`; what an object may lack has a `?`.
 */
export function typeText(schema: Schema, style: TypeTextStyle): string {
  return text(schema, style, { objects: new Set(), depth: 0 });
}

/** The members of an object: `name: string, voice?: boolean`. What is given for members left out stands behind them. */
export function membersText(members: Readonly<Record<string, Schema>>, style: TypeTextStyle): string {
  return membersIn(members, style, { objects: new Set(), depth: 0 });
}

function text(schema: Schema, style: TypeTextStyle, written: Written): string {
  const { side } = style;
  // Any JSON: what it may hold is itself.
  if (schema instanceof z.ZodLazy) return 'any';
  const chain = [...layers(schema, side)];
  const named = chain.map(objectsNamed).find((name) => name !== undefined);
  const plain = named ?? plainText(bare(schema, side), style, written);
  const isNullable = side === 'output' && chain.some((layer) => layer instanceof z.ZodNullable);
  return isNullable ? `${plain}|null` : plain;
}

function objectsNamed(schema: Schema): string | undefined {
  const types = designators.get(schema);
  const wire = wires.get(schema);
  if (wire?.kind === 'file') return 'File';
  if (types === undefined && wire === undefined) return undefined;
  const all = types !== undefined && types.types.length > 0 ? types.types : wire?.types;
  if (all === undefined || all.length > MOST_TYPES) return 'Object';
  return all.join('|');
}

/** A longer list of types says less than `Object` and the description. */
const MOST_TYPES = 4;

function plainText(schema: Schema, style: TypeTextStyle, written: Written): string {
  if (schema instanceof z.ZodArray) return `${grouped(text(schema.element, style, written))}[]`;
  if (schema instanceof z.ZodObject) {
    if (isRef(schema.shape)) return 'Object';
    const depth = written.depth + 1;
    if (depth > style.depth || written.objects.has(schema)) return '{...}';
    written.objects.add(schema);
    return `{${membersIn(schema.shape, style, { ...written, depth })}}`;
  }
  if (schema instanceof z.ZodRecord && written.depth >= style.depth) return '{...}';
  if (schema instanceof z.ZodRecord) return `{[name]: ${text(schema.valueType, style, written)}}`;
  if (schema instanceof z.ZodTuple)
    return `[${schema.def.items.map((item) => text(item, style, written)).join(', ')}]`;
  if (schema instanceof z.ZodUnion)
    return unionText(schema.options.map((option) => text(option, style, written)));
  if (schema instanceof z.ZodEnum) return choices(schema.options, style);
  if (schema instanceof z.ZodLiteral) return choices([...schema.values], style);
  if (schema instanceof z.ZodNumber) return numberText(schema, style);
  if (schema instanceof z.ZodString) return choices(wordsOf(schema), style) || 'string';
  return plainTypes[schema._zod.def.type] ?? 'any';
}

/** Text, number or switch is one word: most values of properties are. */
function unionText(options: readonly string[]): string {
  const all = [...new Set(options)];
  const isScalar = ['string', 'number', 'boolean'].every((word) => all.includes(word));
  if (!isScalar) return all.join('|');
  return ['scalar', ...all.filter((word) => !['string', 'number', 'boolean'].includes(word))].join('|');
}

/** The words of a text that must be one of many; only where they are few. */
function wordsOf(schema: z.ZodString): readonly unknown[] {
  const words = (schema.def.checks ?? []).flatMap((check) => {
    const { def } = check._zod;
    const params: unknown = 'params' in def ? def.params : undefined;
    return isJsonObject(params) ? asJsonArray(params[wordsParam]) : [];
  });
  return words.length <= MOST_WORDS ? words : [];
}

const MOST_WORDS = 12;

const plainTypes: Readonly<Record<string, string>> = {
  string: 'string',
  template_literal: 'string',
  boolean: 'boolean',
  null: 'null',
};

function membersIn(
  members: Readonly<Record<string, Schema>>,
  style: TypeTextStyle,
  written: Written,
): string {
  return Object.entries(members)
    .map(([name, member]) => `${named(name, member, style)}: ${text(member, style, written)}`)
    .join(', ');
}

function named(name: string, member: Schema, { side }: TypeTextStyle): string {
  return mayBeAbsent(member, side) && !isNullOnly(member, side) ? `${name}?` : name;
}

/** Null says that there is none: the member itself is there. */
function isNullOnly(member: Schema, side: Side): boolean {
  return side === 'output' && member._zod.optout === undefined;
}

/** `{id, name, type, path}` is how every object is named. */
function isRef(shape: Readonly<Record<string, Schema>>): boolean {
  const names = Object.keys(shape);
  return names.length === refMembers.length && refMembers.every((name) => names.includes(name));
}

/** The members by which results name an object. */
export const refMembers = ['id', 'name', 'type', 'path'] as const;

/** More choices than this, in characters, are named in part where not all is asked for. */
const CHOICE_CHARACTERS = 50;

function choices(values: readonly unknown[], { inFull }: TypeTextStyle): string {
  const words = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  const all = words.join('|');
  if (inFull || all.length <= CHOICE_CHARACTERS) return all;
  return `${words.slice(0, 2).join('|')}|...`;
}

function numberText(schema: z.ZodNumber, { inFull }: TypeTextStyle): string {
  const word = schema.isInt ? 'int' : 'number';
  const [low, high] = [schema.minValue, schema.maxValue].map(boundOf);
  if (!inFull || (low === undefined && high === undefined)) return word;
  return `${word} ${low ?? ''}..${high ?? ''}`;
}

function boundOf(bound: number | null): number | undefined {
  return bound === null || !Number.isFinite(bound) || Math.abs(bound) === Number.MAX_SAFE_INTEGER
    ? undefined
    : bound;
}

function grouped(type: string): string {
  return /^[^{[].*[| ]/.test(type) ? `(${type})` : type;
}
