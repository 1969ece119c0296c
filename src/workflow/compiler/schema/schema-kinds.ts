import { z } from 'zod';

export type Schema = z.core.$ZodType;
/** Whether a schema is read as what goes in or as what comes out: they differ where a value is transformed. */
export type Side = 'input' | 'output';
export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'array' | 'object';

/** The schema below optional, nullable, default, readonly, lazy and transform. */
export function bare(schema: Schema, side: Side): Schema {
  let current = schema;
  for (;;) {
    const next = inner(current, side);
    if (next === undefined) return current;
    current = next;
  }
}

/** The wrapper chain from a field's schema down to its bare one: a registration may sit on any of them. */
export function* layers(schema: Schema, side: Side): Generator<Schema> {
  for (let current: Schema | undefined = schema; current !== undefined; current = inner(current, side))
    yield current;
}

/** The members of an object schema, or undefined when it is none. */
export function membersOf(schema: Schema, side: Side): Readonly<Record<string, Schema>> | undefined {
  const object = bare(schema, side);
  return object instanceof z.ZodObject ? object.shape : undefined;
}

/** Whether an object may lack the member, or a value may be null or undefined. */
export function mayBeAbsent(schema: Schema, side: Side): boolean {
  const { optin, optout } = schema._zod;
  if ((side === 'input' ? optin : optout) !== undefined) return true;
  for (const layer of layers(schema, side))
    if (side === 'output' && layer instanceof z.ZodNullable) return true;
  return false;
}

/** The JSON types a schema admits, or undefined when that is not known. */
export function jsonTypes(schema: Schema, side: Side): ReadonlySet<JsonType> | undefined {
  const types = new Set<JsonType>();
  for (const layer of layers(schema, side)) if (layer instanceof z.ZodNullable) types.add('null');
  const core = bare(schema, side);
  const simple = simpleTypes[core._zod.def.type];
  if (simple !== undefined) return types.add(simple);
  if (core instanceof z.ZodEnum)
    return core.options.reduce((all, value) => all.add(typeOfLiteral(value)), types);
  if (core instanceof z.ZodLiteral)
    return [...core.values].reduce((all, value) => all.add(typeOfLiteral(value)), types);
  if (!(core instanceof z.ZodUnion)) return undefined;
  for (const option of core.options) {
    const admitted = jsonTypes(option, side);
    if (admitted === undefined) return undefined;
    for (const type of admitted) types.add(type);
  }
  return types;
}

const simpleTypes: Readonly<Record<string, JsonType>> = {
  string: 'string',
  template_literal: 'string',
  number: 'number',
  int: 'number',
  boolean: 'boolean',
  null: 'null',
  array: 'array',
  tuple: 'array',
  object: 'object',
  record: 'object',
};

function inner(schema: Schema, side: Side): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return schema.unwrap();
  }
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly || schema instanceof z.ZodCatch) {
    return schema.unwrap();
  }
  if (schema instanceof z.ZodNonOptional || schema instanceof z.ZodLazy) return schema.unwrap();
  if (schema instanceof z.ZodPipe) {
    // A bare transform says nothing about its type: the other end of the pipe is the better witness.
    const end = side === 'input' ? schema.in : schema.out;
    return end instanceof z.ZodTransform ? (side === 'input' ? schema.out : schema.in) : end;
  }
  return undefined;
}

function typeOfLiteral(value: unknown): JsonType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return value === null ? 'null' : 'string';
}
