import { z } from 'zod';
import type { WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { createsChild } from '../../src/wwise/batching/description/creates-child.ts';
import { notesHeld, stillNamed, valuesHeld } from '../../src/wwise/claims/claim.ts';
import { isMade } from '../../src/wwise/claims/create-memo.ts';
import { treeHeld } from '../../src/wwise/claims/tree-held.ts';
import { expressionsOf, readValues, valuesIn } from '../../src/wwise/objects/changes/set-values.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { madeWorkUnit } from '../../src/wwise/objects/creating/made-work-unit.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/finding/object-designator.ts';
import { createdRef, createdRefOf } from '../../src/wwise/objects/rows/object-row.ts';
import { choiceValues, explainChoice } from '../../src/wwise/objects/types/choice-values.ts';
import { deletesWhatItMade } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

const typeName = z
  .string()
  .trim()
  .min(1)
  .describe('RandomSequenceContainer, SwitchContainer, Folder, WorkUnit, Bus...');

const properties = z
  .record(z.string().regex(/^@?[:_a-zA-Z0-9]+$/), z.union([z.string(), z.number(), z.boolean()]))
  .optional()
  .describe('By name: {"Volume": -6}; references too, by path or GUID.');

const notes = z.string().max(100_000).optional().describe('Notes.');

const child = z.strictObject({
  type: typeName,
  name: objectName('Its name.'),
  notes,
  properties,
  get children(): z.ZodOptional<z.ZodArray<typeof child>> {
    return z.array(child).max(1_000).optional().describe('Objects below it.');
  },
});

type ChildInput = z.output<typeof child>;

const input = z.strictObject({
  type: typeName,
  name: objectName('Its name.'),
  parentPath: objectDesignator('The parent.'),
  notes,
  properties,
  children: z.array(child).max(1_000).optional().describe('Objects below it.'),
  onNameConflict,
});

type Input = z.output<typeof input>;

export const createObject = defineCommand({
  name: 'create_object',
  title: 'Create object',
  description:
    'Create an object of any type (container, folder, bus, game sync...) with properties and a whole tree of children. For a Sound with audio use import_audio, for an Event edit_event.',
  toolset: 'objects',
  effect: 'create',
  replaces: replacesWhatLiesThere,
  revert: deletesWhatItMade,
  irreversible: madeWorkUnit,
  examples: [
    {
      title: 'Create a folder with a Random Container in it',
      input: {
        type: 'Folder',
        name: 'Doors',
        parentPath: '\\Containers\\Default Work Unit',
        children: [{ type: 'RandomSequenceContainer', name: 'Creak', properties: { Volume: -3 } }],
      },
    },
  ],
  waapiCalls: 4,
  input,
  output: createdRef.extend({
    objectId: z
      .string()
      .describe('GUID of the new object, as other commands take it.')
      .register(wires, { kind: 'object' }),
    values: readValues.optional().describe('What was set, as Wwise has it.'),
    children: z
      .array(createdRef.extend({ values: readValues.optional() }))
      .optional()
      .describe('Everything below the new object, when children were given.'),
  }),
  achieved: ({ parentPath, ...asked }, { children = [], ...made }) => [
    isMade(made),
    ...valuesHeld(made.id, asked.properties),
    ...notesHeld(made.id, asked.notes),
    ...treeHeld(made.id, asked.children ?? [], children),
    ...stillNamed(parentPath, made.parentId),
  ],
  ...createsChild({
    // A tree is one call already; and what a Work Unit becomes no undo brings back.
    shares: ({ type, children, properties }) =>
      children === undefined &&
      !mayHoldLabels(asJsonObject(properties)) &&
      typeof type === 'string' &&
      !/^\s*(work ?unit|physical ?folder)\s*$|\$/i.test(type),
    waitsFor: ({ properties }) => objectsNamedIn(asJsonObject(properties)),
    type: ({ type }: Input, { year }) => typeOfYear(type, year),
    members: (tree: Input, { facts: { year } }) => membersOf(tree, year),
    asTaken: async (asked: Input, { year }, context) => ({
      ...asked,
      ...(await withNumbers(asked, year, context)),
    }),
    refused: (error, asked: Input, { year }, context) => wrongChoice(asked, error, year, context),
    below: ({ children }: Input) => (children === undefined ? undefined : ('descendants' as const)),
    reads: (raw) => expressionsIn(raw),
    output: (created, below, { properties, children }, row) => {
      const values = valuesIn(row, properties);
      const named = Object.fromEntries(expressionsIn({ children: children ?? [] }).map((one) => [one, true]));
      return {
        ...created,
        objectId: created.id,
        ...(Object.keys(values).length === 0 ? {} : { values }),
        ...(children === undefined
          ? {}
          : { children: below.map((one) => ({ ...createdRefOf(one), values: valuesIn(one, named) })) }),
      };
    },
  }),
});

/** Values that can only be the path or GUID of an object. */
function objectsNamedIn(properties: JsonObject): readonly string[] {
  return Object.values(properties)
    .flatMap((value) => asString(value) ?? [])
    .filter((text) => /^(\\|\{[0-9a-f-]{36}\}$)/i.test(text));
}

/** What to ask of a tree to see every value it sets. */
function expressionsIn({ properties, children }: JsonObject): readonly string[] {
  const below = asJsonArray(children).flatMap((child) => expressionsIn(asJsonObject(child)));
  return [...new Set([...expressionsOf(asJsonObject(properties)), ...below])];
}

type Tree = Partial<Pick<ChildInput, 'notes' | 'properties' | 'children'>>;

/** The tree with the labels of choices as their numbers. */
async function withNumbers(
  { type, properties, children, ...rest }: Tree & Pick<ChildInput, 'type'>,
  year: number,
  context: CommandContext,
): Promise<Tree> {
  const owner = { type: typeOfYear(type, year) };
  const below: ChildInput[] = [];
  for (const child of children ?? []) below.push({ ...child, ...(await withNumbers(child, year, context)) });
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: await choiceValues(owner, properties, context) }),
    ...(children === undefined ? {} : { children: below }),
  };
}

/** The first value in the tree that is no choice of its property, where Wwise refused the call. */
async function wrongChoice(
  { type, properties = {}, children = [] }: Tree & Pick<ChildInput, 'type'>,
  error: WwiseFlowError,
  year: number,
  context: CommandContext,
): Promise<WwiseFlowError | undefined> {
  if (!['WAAPI_ERROR', 'CREATE_FAILED', 'INVALID_INPUT'].includes(error.code)) return undefined;
  const own = await explainChoice({ type: typeOfYear(type, year) }, properties, context);
  if (own !== undefined) return own;
  for (const child of children) {
    const wrong = await wrongChoice(child, error, year, context);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** A text that names no object may be the label of a choice, which takes a look first. */
function mayHoldLabels(properties: JsonObject): boolean {
  return Object.values(properties).some(
    (value) => typeof value === 'string' && !value.includes('$') && !/^(\\|\{|[a-z]+:)/i.test(value),
  );
}

function membersOf(tree: Tree, year: number): JsonObject {
  const values = Object.entries(tree.properties ?? {}).map(([name, value]) => [
    `@${name.replace(/^@/, '')}`,
    value,
  ]);
  return {
    ...Object.fromEntries(values),
    ...(tree.notes === undefined ? {} : { notes: tree.notes }),
    ...(tree.children === undefined ? {} : { children: tree.children.map((below) => childOf(below, year)) }),
  };
}

function childOf({ type, name, ...tree }: ChildInput, year: number): JsonObject {
  return { type: typeOfYear(type, year), name, ...membersOf(tree, year) };
}

/** 2025.1 renamed ActorMixer to PropertyContainer; both names work on every project. */
function typeOfYear(type: string, year: number): string {
  const wanted = type.toLowerCase();
  if (wanted !== 'actormixer' && wanted !== 'propertycontainer') return type;
  return year >= 2025 ? 'PropertyContainer' : 'ActorMixer';
}
