import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { refuseWide } from '../../src/core/dispatch/checks/confirmation.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, type Json, type JsonObject } from '../../src/core/json.ts';
import { nullGuid } from '../../src/core/null-guid.ts';
import {
  eachItem,
  nothingDone,
  type RefusedItem,
  refusedItem,
} from '../../src/wwise/objects/changes/each-item.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { objectDesignator } from '../../src/wwise/objects/finding/object-designator.ts';
import { selectByWaql, selectionQuery } from '../../src/wwise/objects/finding/waql-selection.ts';
import { namedTargetOf } from '../../src/wwise/objects/rows/lean-ref.ts';
import { referenceIdOf, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { choiceValues } from '../../src/wwise/objects/types/choice-values.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/types/property-names.ts';
import { describeMembers } from '../../src/wwise/objects/types/type-members.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const memberName = z
  .string()
  .regex(/^@?[:_a-zA-Z0-9]+$/, 'must be a name such as Volume')
  .overwrite((name) => name.replace(/^@/, ''));

const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const setMany = defineCommand({
  name: 'set_many',
  title: 'Set many',
  description:
    'Set the same properties and references on all objects a query finds. Preview first. For different values use set_objects.',
  toolset: 'batch',
  effect: 'update',
  asksWhenWide: true,
  revert: setsAgain,
  memo: { never: 'Which objects it changes depends on what the project holds at the time.' },
  reliesOnWholeProject: 'reports',
  examples: [
    {
      title: 'Make all Sounds of a container quieter',
      input: {
        query: '$ "\\Containers\\Default Work Unit\\Steps" select children',
        properties: { Volume: -6 },
      },
    },
  ],
  waapiCalls: 9,
  input: z.strictObject({
    query: selectionQuery,
    properties: z.record(memberName, scalar).default({}).describe('By name: {"Volume": -6}.'),
    references: z
      .record(memberName, objectDesignator('').nullable())
      .default({})
      .describe('By name; null clears.'),
    preview: z.boolean().default(false).describe('Only show.'),
  }),
  output: z.object({
    objects: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        path: z.string(),
        before: z.record(z.string(), z.json()),
        after: z.record(z.string(), z.json()),
      }),
    ),
    total: z.int().describe('Objects changed, or that would be.'),
    unchanged: z.int(),
    changed: z.boolean(),
    failed: z.array(refusedItem),
    notice: z.string().nullable(),
    ...unreadableOutput,
  }),
  async run({ query, properties: asked, references, preview }, context) {
    const names = [...Object.keys(asked), ...Object.keys(references)];
    if (names.length === 0) throw nothingToSet();
    const targets = await targetsOf(references, context);
    const returns = names.map((name) => `@${name}`);
    const rows = await selectByWaql(query, returns, context).catch(async (thrown: unknown) => {
      throw await namingMember(toWwiseFlowError(thrown), names, query, context);
    });
    const properties = await numbersFor(rows, asked, context);
    const wanted = new Map<string, Json>([...Object.entries(properties), ...targets]);
    const unknown = await unknownMembers(rows, names, context);
    const isSet = (row: JsonObject, name: string) =>
      unknown.get(refOf(row).type)?.includes(name) !== true && holds(row[`@${name}`], wanted.get(name));
    const different = rows.filter((row) => names.some((name) => !isSet(row, name)));
    const unchanged = rows.length - different.length;
    const shown = (row: JsonObject, after: JsonObject) => {
      const { id, type, path } = refOf(row);
      return { id, type, path, before: valuesOf(row, names), after: valuesOf(after, names) };
    };
    if (preview) {
      const future = Object.fromEntries(
        [...Object.entries(properties), ...Object.entries(references)].map(([name, value]) => [
          `@${name}`,
          value,
        ]),
      );
      const able = different.filter((row) => !unknown.has(refOf(row).type));
      const unable = different.filter((row) => unknown.has(refOf(row).type));
      const outside = await outsideRange(able, properties, context);
      const failed = [
        ...unable.map((row) => refusal(row, unknown.get(refOf(row).type) ?? [])),
        ...able.flatMap((row) => outside.get(refOf(row).type)?.(row) ?? []),
      ];
      const fitting = able.filter((row) => !outside.has(refOf(row).type));
      return {
        ...listed(
          fitting.map((row) => shown(row, future)),
          failed,
          rows.length,
        ),
        unchanged,
        changed: false,
      };
    }
    if (different.length === 0) return { ...listed([], [], rows.length), unchanged, changed: false };
    refuseWide(different.length, 'set_many', context);
    const { done, failed } = await context.oneStep('Set many', async () => {
      const outcome = await eachItem(
        different,
        (row) => refOf(row).path,
        async (row) => shown(row, await setOne(row, properties, targets, returns, context)),
      );
      if (outcome.done.length === 0) throw nothingDone('Nothing was set', outcome.failed);
      return outcome;
    });
    return { ...listed(done, failed, rows.length), unchanged, changed: true };
  },
});

/**
 * A query that may not name a member fails as a whole: the member is what is wrong, not the query. Candidates are what the
 * objects have that the query finds.
 */
async function namingMember(
  error: WwiseFlowError,
  names: readonly string[],
  query: string,
  context: CommandContext,
): Promise<WwiseFlowError> {
  const name = names.find((one) => error.details?.found === one);
  if (error.code !== 'INVALID_QUERY' || name === undefined) return error;
  const [first] = await selectByWaql(query, [], context).catch(() => []);
  if (first !== undefined) {
    const { id, type } = refOf(first);
    return unknownProperty(name, await propertyNames({ object: id }, context.waapi), type);
  }
  const candidates = asJsonArray(error.details?.didYouMean).flatMap((near) => asString(near) ?? []);
  const meant = candidates.length === 0 ? '' : ` Did you mean "${candidates.join('" or "')}"?`;
  return new WwiseFlowError('UNKNOWN_PROPERTY', `No object has a property or reference "${name}".${meant}`, {
    hint: 'Find the name with describe_type.',
    details: { property: name, candidates },
    cause: error,
  });
}

/** The labels of choices as their numbers, which must be the same on all types there are. */
async function numbersFor(
  rows: readonly JsonObject[],
  properties: Readonly<Record<string, Scalar>>,
  context: CommandContext,
): Promise<Readonly<Record<string, Scalar>>> {
  let numbers: Readonly<Record<string, Scalar>> | undefined;
  for (const { id, type } of new Map(rows.map((row) => [refOf(row).type, refOf(row)])).values()) {
    const here = await choiceValues({ type, object: id }, properties, context);
    const differing = Object.keys(here).find((name) => numbers !== undefined && numbers[name] !== here[name]);
    // A type that does not have the property says nothing about it, and is refused for itself.
    if (
      differing !== undefined &&
      typeof here[differing] === 'number' &&
      typeof numbers?.[differing] === 'number'
    )
      throw ambiguousLabel(differing, properties[differing]);
    const known = Object.entries(here).filter(([, value]) => typeof value !== 'string');
    numbers = { ...here, ...numbers, ...Object.fromEntries(known) };
  }
  return numbers ?? properties;
}

type Scalar = string | number | boolean;

function ambiguousLabel(property: string, label: Scalar | undefined): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `"${String(label)}" is another number of ${property} on some of the types that the query finds.`,
    {
      hint: 'Give the number, or narrow the query to one type.',
      details: { property, value: label ?? null },
    },
  );
}

async function targetsOf(references: Readonly<Record<string, string | null>>, context: CommandContext) {
  const named = Object.values(references).flatMap((target) => target ?? []);
  const found = named.length === 0 ? [] : await findObjects(named, context);
  const idOf = new Map(named.map((name, at) => [name, found[at]?.id ?? name]));
  return Object.entries(references).map(([name, target]): [string, string] => [
    name,
    target === null ? nullGuid : (idOf.get(target) ?? target),
  ]);
}

async function setOne(
  row: JsonObject,
  properties: Readonly<Record<string, string | number | boolean>>,
  targets: readonly (readonly [string, string])[],
  returns: readonly string[],
  context: CommandContext,
): Promise<JsonObject> {
  const { id } = refOf(row);
  const { year } = await context.project();
  if (year >= 2022) {
    // All or nothing for each object.
    const members = [...Object.entries(properties), ...targets].map(([name, value]) => [`@${name}`, value]);
    const objects = [{ object: id, ...Object.fromEntries(members) }];
    await context.waapi.call('ak.wwise.core.object.set', { objects });
  } else {
    for (const [property, value] of Object.entries(properties)) {
      await context.waapi.call('ak.wwise.core.object.setProperty', { object: id, property, value });
    }
    for (const [reference, value] of targets) {
      await context.waapi.call('ak.wwise.core.object.setReference', { object: id, reference, value });
    }
  }
  const after = (await findObject(id, context, { returns })).row;
  for (const [name, value] of [...Object.entries(properties), ...targets]) {
    if (!holds(after[`@${name}`], value)) throw notKept(after, name, value);
  }
  return after;
}

/** Whether what Wwise answers is the wanted value. Wwise keeps most numbers as 32-bit floats. */
function holds(found: Json | undefined, wanted: Json | undefined): boolean {
  if (typeof found === 'number' && typeof wanted === 'number')
    return Math.fround(found) === Math.fround(wanted);
  // A reference to nothing is left out.
  if (typeof found === 'object' || found === undefined) return (referenceIdOf(found) ?? nullGuid) === wanted;
  return found === wanted;
}

/** By type: which of these members it does not have. Only rows without a value give reason to ask. */
async function unknownMembers(
  rows: readonly JsonObject[],
  names: readonly string[],
  { waapi }: CommandContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const unknown = new Map<string, readonly string[]>();
  const lean = rows.filter((row) => names.some((name) => row[`@${name}`] === undefined));
  for (const [type, row] of new Map(lean.map((one) => [refOf(one).type, one]))) {
    const known = await propertyNames({ object: refOf(row).id }, waapi);
    const missing = names.filter((name) => !hasProperty(name, known));
    if (missing.length > 0) unknown.set(type, missing);
  }
  return unknown;
}

function valuesOf(row: JsonObject, names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => {
      const value = row[`@${name}`];
      const isScalar = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
      return [name, isScalar ? value : (namedTargetOf(value)?.name ?? null)];
    }),
  );
}

function refusal(row: JsonObject, missing: readonly string[]) {
  const { type, path } = refOf(row);
  return { object: path, error: `${type} has no ${missing.join(', ')}.`, code: 'UNKNOWN_PROPERTY' };
}

/** By type: the refusal of values that the type does not take. One object stands for all of its type. */
async function outsideRange(
  rows: readonly JsonObject[],
  properties: Readonly<Record<string, string | number | boolean>>,
  { waapi }: CommandContext,
): Promise<ReadonlyMap<string, (row: JsonObject) => RefusedItem>> {
  const refusals = new Map<string, (row: JsonObject) => RefusedItem>();
  for (const [type, row] of new Map(rows.map((one) => [refOf(one).type, one]))) {
    for (const member of await describeMembers({ object: refOf(row).id }, Object.keys(properties), waapi)) {
      const wanted = properties[member.name];
      const { min = -Infinity, max = Infinity } = member;
      if (typeof wanted !== 'number' || (wanted >= min && wanted <= max)) continue;
      const error = `${member.name} takes ${min} to ${max}; ${wanted} is outside.`;
      refusals.set(type, (other) => ({ object: refOf(other).path, error, code: 'INVALID_INPUT' }));
    }
  }
  return refusals;
}

function notKept(row: JsonObject, name: string, wanted: Json): WwiseFlowError {
  const found = valuesOf(row, [name])[name];
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but ${name} of "${refOf(row).path}" is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}.`,
    { hint: 'Check the range of the property, and whether the reference takes such objects.' },
  );
}

function nothingToSet(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'There is nothing to set.', {
    hint: 'Give properties, references or both.',
  });
}

function listed<T>(objects: readonly T[], failed: readonly RefusedItem[], found: number) {
  const room = answerRoom();
  return {
    failed: room.take('failed', failed, 0.5),
    objects: room.take('objects', objects),
    total: objects.length,
    notice: found === 0 ? 'The query finds no object.' : room.notice('Narrow the query to see the others.'),
  };
}
