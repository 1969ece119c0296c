import { z } from 'zod';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asString, type Json } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { setsMembers, tidyMember } from '../../src/wwise/batching/description/sets-members.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { type FoundObject, objectRef, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { wwiseWords } from '../../src/wwise/objects/rows/wwise-words.ts';
import { choiceValue, explainChoice } from '../../src/wwise/objects/types/choice-values.ts';
import { checkPlatform } from '../../src/wwise/objects/types/platform-name.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const setProperty = defineCommand({
  name: 'set_property',
  title: 'Set property',
  description:
    'Set one property of an object and read back what Wwise stored. For references use set_objects, for the output bus set_output_bus.',
  toolset: 'objects',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Make a Sound 6 dB quieter',
      input: { objectId: '\\Containers\\Default Work Unit\\Wind', property: 'Volume', value: -6 },
    },
  ],
  waapiCalls: 3,
  input: z.strictObject({
    objectId: objectDesignator('The object to change.').register(wires, { kind: 'object' }),
    property: z
      .string()
      .trim()
      .regex(/^@?[:a-zA-Z0-9 _]+$/, 'must be a property name such as Volume')
      .overwrite((name) => name.replace(/^@/, ''))
      .describe('E.g. Volume; describe_type lists them with units.'),
    value: scalar.describe('A choice by number or label.'),
    platform: z
      .string()
      .trim()
      .min(1)
      .optional()
      .describe(
        'Only this platform, for an unlinked property; without it those with an own value may keep it.',
      ),
  }),
  output: z.object({
    object: objectRef,
    property: z.string().describe('The property that was set.'),
    value: scalar.describe('The value Wwise stored.'),
    previousValue: scalar.nullable().describe('The value before; null when it could not be read.'),
  }),
  achieved: ({ objectId, platform }, { object, property, value }) => [
    { kind: 'value', id: object.id, property, value, ...(platform === undefined ? {} : { platform }) },
    ...stillNamed(objectId, object.id),
  ],
  ...setsMembers({
    members: ({ property }) => [tidyMember(property)],
    // A text may be the label of a choice, which takes a look first.
    shares: ({ property, value }) => isLiteral(property) && !isLiteral(value),
    look: async ({ objectId, property, platform }: PropertyInput, _returns, context) => {
      await checkPlatform(platform, context);
      return [await readProperty(objectId, property, platform, context)];
    },
    asTaken: async (input: PropertyInput, before, context) => ({
      ...input,
      value: await choiceValue(ownerOf(before), input.property, input.value, context),
    }),
    shows: ({ property }: PropertyInput, before) => scalarOf(before.row[`@${property}`]) !== undefined,
    change: ({ property, value, platform }: PropertyInput, before) => {
      const previousValue = scalarOf(before.row[`@${property}`]) ?? null;
      return {
        sets: [{ kind: 'property', name: property, value, ...(platform === undefined ? {} : { platform }) }],
        output: (row) => {
          const kept = scalarOf(row[`@${property}`]);
          if (kept !== undefined && isIgnored(value, previousValue, kept)) {
            const what = `${property} of "${refOf(row).path}" is ${JSON.stringify(kept)}, not ${JSON.stringify(value)}`;
            throw notKept(what, { object: refOf(row), property, wanted: value, found: kept });
          }
          return { object: refOf(row), property, value: kept ?? value, previousValue };
        },
      };
    },
    check: async ({ property, value, platform }: PropertyInput, before, row, context) => {
      const [was, kept] = [before.row[`@${property}`], row[`@${property}`]];
      if (platform === undefined && kept !== undefined && isIgnored(value, was, kept))
        await refuseOwnValue({ ...before, row }, property, value, kept, context);
    },
    refused: async (error, { property, value }: PropertyInput, { before }, context) => {
      const isWrong =
        isRefusal(error) && (await explainChoice(ownerOf(before), { [property]: value }, context));
      return isWrong || refused(error, before, property, value);
    },
  }),
});

interface PropertyInput {
  readonly objectId: string;
  readonly property: string;
  readonly value: string | number | boolean;
  readonly platform?: string | undefined;
}

function ownerOf({ type, id }: FoundObject) {
  return { type, object: id };
}

function isLiteral(value: Json | undefined): boolean {
  return typeof value === 'string' && !value.includes('$');
}

/** The object with `@property` in its row; UNKNOWN_PROPERTY when its type has none. */
async function readProperty(
  objectId: string,
  property: string,
  platform: string | undefined,
  context: CommandContext,
): Promise<FoundObject> {
  let found: FoundObject;
  try {
    found = await findObject(objectId, context, { returns: [`@${property}`], platform });
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'OBJECT_NOT_FOUND') throw error;
    // Some versions refuse a query that asks for a property no type has; then the object alone is asked for.
    found = await findObject(objectId, context);
  }
  const value = found.row[`@${property}`];
  if (scalarOf(value) !== undefined) return found;
  const names = await propertyNames({ object: found.id }, context.waapi);
  if (!hasProperty(property, names)) throw unknownProperty(property, names, found.type);
  if (typeof value === 'object') throw isReference(found, property);
  return found;
}

/** Throws where the current platform kept its own value, naming who took the new one, who has another and who could not be read. */
async function refuseOwnValue(
  { id, path, row }: FoundObject,
  property: string,
  wanted: Json,
  found: Json,
  context: CommandContext,
): Promise<void> {
  const { platforms } = await context.project();
  const changed: string[] = [];
  const others: { readonly platform: string; readonly value: Json }[] = [];
  const unread: string[] = [];
  for (const platform of platforms) {
    const there = await findObject(id, context, { returns: [`@${property}`], platform }).catch(() => null);
    const value = there?.row[`@${property}`];
    if (value === undefined) unread.push(platform);
    else if (isIgnored(wanted, value, value)) others.push({ platform, value });
    else changed.push(platform);
  }
  if (changed.length === 0 && unread.length === 0) return;
  const kept = others.map(({ platform, value }) => `${platform} has ${JSON.stringify(value)} of its own`);
  throw new WwiseFlowError(
    'WAAPI_ERROR',
    [
      changed.length === 0
        ? `${property} of "${path}" was set, but for no platform that could be read.`
        : `${property} of "${path}" was set for ${changed.join(', ')} only.`,
      kept.length === 0 ? '' : ` ${kept.join(', ')}.`,
      unread.length === 0 ? '' : ` It could not be read for ${unread.join(', ')}.`,
    ].join(''),
    {
      hint: 'Set it with platform too, once for each platform in details.unchanged.',
      details: {
        object: refOf(row),
        property,
        wanted,
        found,
        changed,
        unchanged: others.map(({ platform }) => platform),
        unread,
      },
    },
  );
}

function scalarOf(value: Json | undefined): string | number | boolean | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? value : asString(value);
}

function isReference(found: FoundObject, property: string): WwiseFlowError {
  return new WwiseFlowError(
    'UNKNOWN_PROPERTY',
    `${property} of ${found.type} "${found.name}" is a reference, not a property.`,
    {
      hint:
        property.toLowerCase() === 'outputbus'
          ? 'Use set_output_bus.'
          : `Use set_reference with reference "${property}" and the object it shall point at.`,
      details: { property, type: found.type },
    },
  );
}

function isRefusal({ code }: WwiseFlowError): boolean {
  return code === 'WAAPI_ERROR' || code === 'INVALID_INPUT';
}

function refused(error: WwiseFlowError, found: FoundObject, property: string, value: Json): WwiseFlowError {
  if (error.code !== 'WAAPI_ERROR') return error;
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise did not set ${property} of ${found.type} "${found.name}" to ${JSON.stringify(value)}: ${wwiseWords(error)}`,
    {
      hint: 'Check that the value has the right kind and lies in the range of the property.',
      details: { ...error.details, object: refOf(found.row), property, value },
      cause: error,
    },
  );
}
