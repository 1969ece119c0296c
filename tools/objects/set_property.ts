import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { memberKey } from '../../src/bus/fusion/claimed-keys.ts';
import { isRouting, routing } from '../../src/bus/fusion/routing.ts';
import { targetFusion } from '../../src/bus/fusion/target-fusion.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { wires } from '../../src/bus/wiring.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asString, type Json } from '../../src/core/json.ts';
import { choiceValue, explainChoice } from '../../src/wwise/objects/choice-values.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { isIgnored, notKept } from '../../src/wwise/objects/not-kept.ts';
import { objectDesignator } from '../../src/wwise/objects/object-designator.ts';
import { type FoundObject, objectRef, refOf } from '../../src/wwise/objects/object-row.ts';
import { checkPlatform } from '../../src/wwise/objects/platform-name.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/property-names.ts';
import { wwiseWords } from '../../src/wwise/objects/wwise-words.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';

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
    platform: z.string().trim().min(1).optional().describe('Only this platform, for an unlinked property.'),
  }),
  output: z.object({
    object: objectRef,
    property: z.string().describe('The property that was set.'),
    value: scalar.describe('The value Wwise stored.'),
    previousValue: scalar.nullable().describe('The value before; null when it could not be read.'),
  }),
  async run({ objectId, property, value: asked, platform }, context) {
    await checkPlatform(platform, context);
    const before = await readProperty(objectId, property, platform, context);
    const owner = { type: before.type, object: before.id };
    const value = await choiceValue(owner, property, asked, context);
    const args = { object: before.id, property, value, ...(platform === undefined ? {} : { platform }) };
    await context.waapi.call('ak.wwise.core.object.setProperty', args).catch(async (thrown: unknown) => {
      const error = toWwiseFlowError(thrown);
      const wrongChoice = isRefusal(error) && (await explainChoice(owner, { [property]: value }, context));
      throw wrongChoice || refused(error, before, property, value);
    });
    const after = await readProperty(before.id, property, platform, context);
    const previousValue = scalarOf(before.row[`@${property}`]) ?? null;
    const kept = scalarOf(after.row[`@${property}`]);
    if (kept !== undefined && isIgnored(value, previousValue, kept)) {
      const what = `${property} of "${after.path}" is ${JSON.stringify(kept)}, not ${JSON.stringify(value)}`;
      if (platform === undefined) await refuseOwnValue(after, property, value, kept, context);
      throw notKept(what, { object: refOf(after.row), property, wanted: value, found: kept });
    }
    return { object: refOf(after.row), property, value: kept ?? value, previousValue };
  },
  achieved: ({ objectId, platform }, { object, property, value }) => [
    { kind: 'value', id: object.id, property, value, ...(platform === undefined ? {} : { platform }) },
    ...stillNamed(objectId, object.id),
  ],
  fusion: targetFusion({
    // A text may be the label of a choice, which takes a look first.
    accepts: ({ platform, property, value }) =>
      platform === undefined && isLiteral(property) && !isLiteral(value),
    members: ({ property }) => [tidyProperty(property)],
    prepare: (
      input: { objectId: string; property: string; value: string | number | boolean },
      view,
      before,
    ) => {
      const { property, value } = input;
      const previousValue = scalarOf(before.row[`@${property}`]);
      if (previousValue === undefined) throw unknownProperty(property, [], before.type);
      const routed = isRouting(property) ? routing(before.path) : undefined;
      return {
        change: { kind: 'members', objectId: before.id, members: { [`@${property}`]: value } },
        before: null,
        holds: [[memberKey(before.id, property), view.nodeId], ...(routed?.holds ?? [])],
        ...(routed === undefined ? {} : { avoids: routed.avoids, spreads: true }),
        output: ({ row }) => {
          const kept = scalarOf(row[`@${property}`]) ?? value;
          if (isIgnored(value, previousValue, kept)) return undefined;
          return { object: refOf(row), property, value: kept, previousValue };
        },
      };
    },
  }),
});

function tidyProperty(property: Json | undefined): string {
  return (asString(property) ?? '').trim().replace(/^@/, '');
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

/** Throws where the current platform has a value of its own, so that only the others took the new one. */
async function refuseOwnValue(
  { id, path, row }: FoundObject,
  property: string,
  wanted: Json,
  found: Json,
  context: CommandContext,
): Promise<void> {
  const { platforms } = await context.project();
  const own: string[] = [];
  const others: string[] = [];
  for (const platform of platforms) {
    const there = await findObject(id, context, { returns: [`@${property}`], platform });
    (isIgnored(wanted, found, there.row[`@${property}`]) ? own : others).push(platform);
  }
  if (others.length === 0) return;
  throw new WwiseFlowError(
    'WAAPI_ERROR',
    `${property} of "${path}" was set for ${others.join(', ')} only: ${own.join(', ')} has a value of its own, ${JSON.stringify(found)}.`,
    {
      hint: 'Set it with platform too, once for each platform in details.unchanged.',
      details: { object: refOf(row), property, wanted, changed: others, unchanged: own },
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
