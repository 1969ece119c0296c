import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { isJsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { setsMembers, tidyMember } from '../../src/wwise/batching/description/sets-members.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import {
  type FoundObject,
  objectRef,
  referenceIdOf,
  refOf,
} from '../../src/wwise/objects/rows/object-row.ts';
import { wwiseWords } from '../../src/wwise/objects/rows/wwise-words.ts';
import {
  hasProperty,
  propertyNames,
  unknownReference,
} from '../../src/wwise/objects/types/property-names.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const setReference = defineCommand({
  name: 'set_reference',
  title: 'Set reference',
  description:
    'Point a reference of an object (Attenuation, Conversion, SwitchGroupOrStateGroup...) at another object, or clear it. For the output bus use set_output_bus, for values set_property.',
  toolset: 'objects',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Give a Sound an Attenuation',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Wind',
        reference: 'Attenuation',
        targetPath: 'Attenuation:Far',
      },
    },
  ],
  waapiCalls: 5,
  input: z.strictObject({
    objectId: objectDesignator('The object to change.').register(wires, { kind: 'object' }),
    reference: z
      .string()
      .trim()
      .regex(/^@?[:a-zA-Z0-9 _]+$/, 'must be a reference name such as Attenuation')
      .overwrite((name) => name.replace(/^@/, ''))
      .describe('E.g. Attenuation.'),
    targetPath: objectDesignator('The object to point at.')
      .nullable()
      .describe('The object to point at; null clears.'),
  }),
  output: z.object({
    object: objectRef,
    reference: z.string().describe('The reference that was set.'),
    target: objectRef.nullable().describe('The object it points at now.'),
    previousTarget: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe('What it pointed at before.'),
  }),
  achieved: ({ objectId, targetPath }, { object, reference, target }) => [
    { kind: 'reference', id: object.id, reference, targetId: target?.id ?? null },
    ...stillNamed(objectId, object.id),
    ...(targetPath === null || target === null ? [] : stillNamed(targetPath, target.id)),
  ],
  ...setsMembers({
    members: ({ reference }) => [tidyMember(reference)],
    shares: ({ reference }) => typeof reference === 'string' && !reference.includes('$'),
    targets: ({ targetPath }) => (typeof targetPath === 'string' ? [targetPath] : []),
    look: lookAtReference,
    shows: ({ reference }: ReferenceInput, before) => isJsonObject(before.row[`@${reference}`]),
    change: ({ reference }: ReferenceInput, before, [target = null]) => {
      return {
        sets: [{ kind: 'reference', name: reference, targetId: target?.id ?? null }],
        output: (row) => {
          const now = referenceIdOf(row[`@${reference}`]);
          if (now !== (target?.id ?? null)) throw notKept(before, reference, target, now);
          return {
            object: refOf(row),
            reference,
            target: target === null ? null : refOf(target.row),
            previousTarget: previousOf(before, reference),
          };
        },
      };
    },
    refused: (error, { reference }, { before, targets: [target = null] }) =>
      refused(error, before, reference, target),
  }),
});

interface ReferenceInput {
  readonly objectId: string;
  readonly reference: string;
  readonly targetPath: string | null;
}

/** The object with `@reference` in its row and the target; UNKNOWN_PROPERTY when the type has no such reference. */
async function lookAtReference(
  { objectId, reference, targetPath }: ReferenceInput,
  returns: readonly string[],
  context: CommandContext,
): Promise<readonly [FoundObject, ...FoundObject[]]> {
  const wanted = targetPath === null ? [objectId] : [objectId, targetPath];
  const [object = await findObject(objectId, context), ...targets] = await findObjects(wanted, context, {
    returns,
  }).catch((thrown: unknown) => {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'OBJECT_NOT_FOUND') throw error;
    // Some versions refuse a query that asks for a reference no type has; then the objects alone are asked for.
    return findObjects(wanted, context);
  });
  if (isJsonObject(object.row[`@${reference}`])) return [object, ...targets];
  const names = await propertyNames({ object: object.id }, context.waapi);
  if (!hasProperty(reference, names)) {
    const owner = { type: object.type, object: object.id };
    throw await unknownReference(reference, names, owner, context);
  }
  if (['number', 'string', 'boolean'].includes(typeof object.row[`@${reference}`]))
    throw noReference(reference, object);
  return [object, ...targets];
}

function noReference(name: string, { row, type }: FoundObject): WwiseFlowError {
  return new WwiseFlowError(
    'UNKNOWN_PROPERTY',
    `${name} of ${type} "${refOf(row).name}" is a property, not a reference.`,
    {
      hint: 'Use set_property.',
      details: { reference: name, type, value: row[`@${name}`] ?? null },
    },
  );
}

function previousOf({ row }: FoundObject, reference: string): { id: string; name: string } | null {
  const value = row[`@${reference}`];
  const id = referenceIdOf(value);
  const name = isJsonObject(value) && typeof value.name === 'string' ? value.name : '';
  return id === null ? null : { id, name };
}

function refused(
  error: WwiseFlowError,
  object: FoundObject,
  reference: string,
  target: FoundObject | null,
): WwiseFlowError {
  if (error.code !== 'WAAPI_ERROR') return error;
  const aim = target === null ? 'to nothing' : `at ${target.type} "${target.path}"`;
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise did not point ${reference} of ${object.type} "${object.name}" ${aim}: ${wwiseWords(error)}`,
    {
      hint: 'Check that the reference takes objects of this type; a reference that must have a target cannot be cleared.',
      details: {
        ...error.details,
        object: refOf(object.row),
        reference,
        target: target === null ? null : refOf(target.row),
      },
      cause: error,
    },
  );
}

function notKept(
  object: FoundObject,
  reference: string,
  target: FoundObject | null,
  now: string | null,
): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but ${reference} of ${object.type} "${object.name}" points at ${now ?? 'nothing'}.`,
    {
      hint: 'Check that the reference takes objects of this type; a reference that must have a target cannot be cleared.',
      details: { object: refOf(object.row), reference, wanted: target?.id ?? null, found: now },
    },
  );
}
