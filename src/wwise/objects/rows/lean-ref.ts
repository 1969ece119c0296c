import { z } from 'zod';
import { asString, isJsonObject, type Json } from '../../../core/json.ts';
import { wires } from '../../../core/wiring.ts';
import { type CreatedRef, referenceIdOf } from './object-row.ts';

/** An object as it is always given back, without the words that explain it: lists of objects stay cheap to describe. */
export const leanRef = z.object({ id: z.string(), name: z.string(), type: z.string(), path: z.string() });

/** A created object, with the parent that a later check needs. */
export const leanCreated = leanRef.extend({ parentId: z.string() });

/** A target by id and name; null when a reference points at nothing. */
export const namedTarget = z.object({ id: z.string(), name: z.string() }).nullable();

export type NamedTarget = z.output<typeof namedTarget>;

/** The output of every create: the object, and its id as other commands take it. */
export function newObject(...types: readonly string[]) {
  return leanCreated.extend({ objectId: z.string().register(wires, { kind: 'object', types }) });
}

export function withObjectId(created: CreatedRef): CreatedRef & { objectId: string } {
  return { ...created, objectId: created.id };
}

/** What Wwise answers for a reference, by id and name. */
export function namedTargetOf(value: Json | undefined): NamedTarget {
  const id = referenceIdOf(value);
  const name = isJsonObject(value) ? (asString(value.name) ?? '') : '';
  return id === null ? null : { id, name };
}
