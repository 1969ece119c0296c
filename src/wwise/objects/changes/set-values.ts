import { z } from 'zod';
import { usual } from '../../../core/answers/lean-data.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** Values by property or reference, as they were read back; of a reference the path or name of its target. */
export const readValues = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable())
  .register(usual, { is: {} });

export type ReadValues = z.output<typeof readValues>;

/** The return expressions of these members. */
export function expressionsOf(members: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return Object.keys(members ?? {}).map((name) => `@${name.replace(/^@/, '')}`);
}

/** What a row has of these members; those that Wwise left out are left out. */
export function valuesIn(
  row: JsonObject,
  members: Readonly<Record<string, unknown>> | undefined,
): ReadValues {
  const values = Object.keys(members ?? {}).flatMap((member): [string, ReadValues[string]][] => {
    const name = member.replace(/^@/, '');
    const value = shownValue(row[`@${name}`]);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(values);
}

/** A value as an answer has it: of a reference the name of its target, null when it points at nothing. */
export function shownValue(value: Json | undefined): ReadValues[string] | undefined {
  if (isJsonObject(value)) return asString(value.path) ?? asString(value.name) ?? null;
  if (Array.isArray(value)) return undefined;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
    ? value
    : undefined;
}
