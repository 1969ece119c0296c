import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/bus/command.ts';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../src/core/json.ts';
import { nullGuid } from '../../src/core/null-guid.ts';
import { askRows } from '../../src/wwise/objects/ask-rows.ts';
import { onNameConflict } from '../../src/wwise/objects/child-spec.ts';
import { childrenOf } from '../../src/wwise/objects/children-of.ts';
import { choiceValues, explainChoice } from '../../src/wwise/objects/choice-values.ts';
import { findObjects } from '../../src/wwise/objects/find-object.ts';
import type { MemberOwner } from '../../src/wwise/objects/known-members.ts';
import { leanRef } from '../../src/wwise/objects/lean-ref.ts';
import { madeWorkUnit } from '../../src/wwise/objects/made-work-unit.ts';
import { objectDesignator, objectName } from '../../src/wwise/objects/object-designator.ts';
import {
  type FoundObject,
  type ObjectRef,
  referenceIdOf,
  refOf,
  refReturns,
} from '../../src/wwise/objects/object-row.ts';
import { hasProperty, propertyNames, unknownProperty } from '../../src/wwise/objects/property-names.ts';
import { setObjects as callSet } from '../../src/wwise/objects/set-objects.ts';
import { knownTypes } from '../../src/wwise/objects/type-members.ts';
import { unknownType } from '../../src/wwise/objects/unknown-type.ts';

const memberName = z.string().regex(/^@?[:_a-zA-Z0-9]+$/, 'must be a name such as Volume');

const members = {
  notes: z.string().max(100_000).optional().describe('Notes.'),
  properties: z
    .record(memberName, z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('By name.'),
  references: z
    .record(memberName, objectDesignator('').nullable())
    .optional()
    .describe('Targets by name; null clears.'),
};

interface Members {
  readonly notes?: string | undefined;
  readonly properties?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly references?: Readonly<Record<string, string | null>> | undefined;
  readonly children?: readonly Child[] | undefined;
  readonly lists?: Readonly<Record<string, readonly Child[]>> | undefined;
}

/** A new object below a changed one. Written out because it holds itself. */
interface Child extends Members {
  readonly type: string;
  readonly name: string;
  readonly classId?: number | undefined;
}

const child = z.strictObject({
  type: z.string().trim().min(1).describe('WAAPI type name.'),
  name: z.string().trim().max(260).default('').describe('None for list items.'),
  classId: z.int().min(0).optional().describe('Of a plug-in.'),
  ...members,
  get children(): z.ZodOptional<z.ZodArray<z.ZodType<Child>>> {
    return z.array(child).max(1_000).optional().describe('Objects below it.');
  },
  get lists(): z.ZodOptional<z.ZodRecord<typeof memberName, z.ZodArray<z.ZodType<Child>>>> {
    return z
      .record(memberName, z.array(child))
      .optional()
      .describe('By name (RTPC, Effects...), of objects like children.');
  },
});

const change = z.strictObject({
  object: objectDesignator('What to change.'),
  name: objectName('New name.').optional(),
  ...members,
  children: child.shape.children,
  lists: child.shape.lists,
});

interface Change extends Members {
  readonly object: string;
  readonly name?: string | undefined;
}

export const setObjects = defineCommand({
  name: 'set_objects',
  title: 'Set objects',
  description:
    'Change many things at once, all or nothing, and read them back: rename, notes, properties, references, list items, new children. Needs Wwise 2022.1. For one value use set_property.',
  toolset: 'objects',
  effect: 'update',
  revert: {
    calls: 'What was there before is set again, and what it made is deleted.',
    except: 'Entries of lists that it replaced come back through Undo in Wwise only.',
  },
  irreversible: ({ objects }) => madeWorkUnit({ children: objects }),
  memo: { never: 'New children and list items are made by each call.' },
  examples: [
    {
      title: 'Rename, annotate and set at once',
      input: {
        objects: [
          {
            object: '\\Containers\\Default Work Unit\\Wind',
            name: 'Breeze',
            notes: 'Softer',
            properties: { Volume: -4 },
            references: { Attenuation: 'Attenuation:Far' },
          },
        ],
      },
    },
  ],
  waapiCalls: 4,
  input: z.strictObject({
    objects: z.array(change).min(1).max(500).describe('One entry per object.'),
    listMode: z.enum(['append', 'replaceAll']).default('append').describe('Present list items.'),
    onNameConflict,
  }),
  output: z.object({
    objects: z.array(leanRef),
    created: z.array(leanRef),
    createdTotal: z.int(),
    notKept: z.array(z.object({ object: z.string(), member: z.string(), wanted: z.json(), found: z.json() })),
    notice: z.string().nullable(),
  }),
  async run({ objects: asked, listMode, onNameConflict: mode }, context) {
    const targets = await targetsOf(asked, context);
    const found = await findObjects(
      asked.map(({ object }) => object),
      context,
    );
    const objects: Change[] = [];
    for (const [at, one] of asked.entries()) {
      const { id, type = '' } = found[at] ?? {};
      objects.push({ ...one, ...(await withNumbers(one, { type, object: id }, context)) });
    }
    const specs = objects.map(({ object, name, ...rest }, at) => ({
      object: found[at]?.id ?? object,
      ...(name === undefined ? {} : { name }),
      onNameConflict: mode,
      ...specOf(rest, targets),
    }));
    const answer = await callSet(specs, context, {
      aim: objects.length === 1 ? `change "${found[0]?.path}"` : `change ${objects.length} objects`,
      listMode,
    }).catch(async (thrown: unknown) => {
      const error = toWwiseFlowError(thrown);
      const explained =
        error.code === 'NAME_CONFLICT'
          ? await takenName(objects, found, context)
          : ((await wrongMember(objects, found, context)) ?? (await wrongType(objects, error, context)));
      throw explained ?? (await wrongChoice(objects, found, context)) ?? error;
    });
    const after = await readBack(objects, found, context);
    const created = asJsonArray(answer.objects).flatMap((row) => (isJsonObject(row) ? createdIn(row) : []));
    const lost = objects.flatMap((wanted, at) => notKept(wanted, after[at], targets));
    const room = answerRoom();
    return {
      notKept: room.take('notKept', lost, 0.4),
      created: room.take('created', created, 0.6),
      createdTotal: created.length,
      objects: room.take(
        'objects',
        after.map(({ row }) => refOf(row)),
      ),
      notice: room.notice('query_waql lists the others.'),
    };
  },
});

/** The members with the labels of choices as their numbers. */
async function withNumbers(
  { properties, children, lists }: Members,
  owner: MemberOwner,
  context: CommandContext,
): Promise<Pick<Members, 'properties' | 'children' | 'lists'>> {
  const inside = async (items: readonly Child[]) => {
    const made: Child[] = [];
    for (const item of items) made.push({ ...item, ...(await withNumbers(item, item, context)) });
    return made;
  };
  const inLists: [string, Child[]][] = [];
  for (const [name, items] of Object.entries(lists ?? {})) inLists.push([name, await inside(items)]);
  return {
    ...(properties === undefined ? {} : { properties: await choiceValues(owner, properties, context) }),
    ...(children === undefined ? {} : { children: await inside(children) }),
    ...(lists === undefined ? {} : { lists: Object.fromEntries(inLists) }),
  };
}

/** The first value, of a named object or of a new one, that is no choice of its property. */
async function wrongChoice(
  changes: readonly Change[],
  found: readonly FoundObject[],
  context: CommandContext,
): Promise<WwiseFlowError | undefined> {
  const inMembers = async (members: Members, owner: MemberOwner): Promise<WwiseFlowError | undefined> => {
    const own = await explainChoice(owner, members.properties ?? {}, context);
    const below = [...(members.children ?? []), ...Object.values(members.lists ?? {}).flat()];
    if (own !== undefined) return own;
    for (const item of below) {
      const wrong = await inMembers(item, item);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  for (const [at, one] of changes.entries()) {
    const { id, type = '' } = found[at] ?? {};
    const wrong = await inMembers(one, { type, object: id });
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** GUID by designator of everything the references name. */
async function targetsOf(
  changes: readonly Change[],
  context: CommandContext,
): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(changes.flatMap(designatorsIn))];
  if (names.length === 0) return new Map();
  const found = await findObjects(names, context);
  return new Map(names.map((name, at) => [name, found[at]?.id ?? name]));
}

function designatorsIn({ references, children, lists }: Members): readonly string[] {
  const own = Object.values(references ?? {}).flatMap((target) => target ?? []);
  const below = [...(children ?? []), ...Object.values(lists ?? {}).flat()];
  return [...own, ...below.flatMap(designatorsIn)];
}

function specOf(
  { notes, properties, references, children, lists }: Members,
  targets: ReadonlyMap<string, string>,
): JsonObject {
  const entries: [string, Json][] = [];
  for (const [name, value] of Object.entries(properties ?? {})) entries.push([at(name), value]);
  for (const [name, target] of Object.entries(references ?? {})) {
    entries.push([at(name), target === null ? nullGuid : (targets.get(target) ?? target)]);
  }
  for (const [name, items] of Object.entries(lists ?? {})) {
    entries.push([at(name), items.map((item) => childSpec(item, targets))]);
  }
  return {
    ...(notes === undefined ? {} : { notes }),
    ...Object.fromEntries(entries),
    ...(children === undefined ? {} : { children: children.map((item) => childSpec(item, targets)) }),
  };
}

function childSpec(
  { type, name, classId, ...rest }: Child,
  targets: ReadonlyMap<string, string>,
): JsonObject {
  return { type, name, ...(classId === undefined ? {} : { classId }), ...specOf(rest, targets) };
}

/** Wwise names properties with @ here, whichever way the caller wrote them. */
function at(name: string): string {
  return `@${name.replace(/^@/, '')}`;
}

/** The first property of a named object that its type does not have. */
async function wrongMember(
  changes: readonly Change[],
  found: readonly FoundObject[],
  context: CommandContext,
) {
  for (const [index, { properties, references, lists }] of changes.entries()) {
    const object = found[index];
    const names = [properties, references, lists].flatMap((group) => Object.keys(group ?? {}));
    if (object === undefined || names.length === 0) continue;
    const known = await propertyNames({ object: object.id }, context.waapi);
    const wrong = names.map((name) => name.replace(/^@/, '')).find((name) => !hasProperty(name, known));
    if (wrong !== undefined) return unknownProperty(wrong, known, object.type);
  }
  return undefined;
}

/** The first type of a new object that Wwise does not have, when that is what it refused. */
async function wrongType(changes: readonly Change[], { message }: WwiseFlowError, context: CommandContext) {
  const named = [...new Set(changes.flatMap(typesIn))].filter((type) => message.includes(type));
  if (named.length === 0) return undefined;
  const known = (await knownTypes(context.waapi)).map(({ name }) => name);
  const lower = new Set(known.map((name) => name.toLowerCase()));
  const wrong = named.find((type) => !lower.has(type.toLowerCase()));
  return wrong === undefined || known.length === 0 ? undefined : unknownType(wrong, known);
}

function typesIn({ children, lists }: Members): readonly string[] {
  const below = [...(children ?? []), ...Object.values(lists ?? {}).flat()];
  return below.flatMap((item) => [item.type, ...typesIn(item)]);
}

/** Which child of a named object, or which sibling, has the name already that a new or renamed one shall get. */
async function takenName(
  changes: readonly Change[],
  found: readonly FoundObject[],
  context: CommandContext,
): Promise<WwiseFlowError | undefined> {
  for (const [index, { name: newName, children = [] }] of changes.entries()) {
    const object = found[index];
    if (object === undefined) continue;
    const siblings =
      newName === undefined
        ? []
        : await askRows(`$ "${object.id}" select parent select children`, refReturns, context);
    const sibling = siblings
      .map(refOf)
      .find(({ id, name }) => id !== object.id && name.toLowerCase() === newName?.toLowerCase());
    const present = children.length === 0 ? [] : await childrenOf(object.id, context);
    const wanted = new Set(children.map(({ name }) => name.toLowerCase()));
    const existing = sibling ?? present.find(({ name }) => wanted.has(name.toLowerCase()));
    if (existing === undefined) continue;
    const parentPath = existing.path.slice(0, existing.path.lastIndexOf('\\'));
    return new WwiseFlowError(
      'NAME_CONFLICT',
      `"${parentPath}" already has a child named "${existing.name}": nothing was changed.`,
      {
        hint: 'Change details.existing instead, choose another name, or set onNameConflict to rename, replace or merge.',
        details: { object: refOf(object.row), existing: refOf({ ...existing }) },
      },
    );
  }
  return undefined;
}

async function readBack(changes: readonly Change[], found: readonly FoundObject[], context: CommandContext) {
  const returns = new Set(
    changes.flatMap(({ properties, references }) =>
      [...Object.keys(properties ?? {}), ...Object.keys(references ?? {})].map(at),
    ),
  );
  return findObjects(
    found.map(({ id }) => id),
    context,
    { returns: [...returns] },
  );
}

/** Objects of the answer below the changed one. */
function createdIn(row: JsonObject): ObjectRef[] {
  return Object.entries(row).flatMap(([member, value]) => {
    if (member !== 'children' && !member.startsWith('@')) return [];
    const made = (Array.isArray(value) ? asJsonArray(value) : [value]).filter(isJsonObject);
    return made.flatMap((object) => [refOf(object), ...createdIn(object)]);
  });
}

function notKept(wanted: Change, after: FoundObject | undefined, targets: ReadonlyMap<string, string>) {
  if (after === undefined) return [];
  const object = after.path;
  const values = Object.entries(wanted.properties ?? {}).flatMap(([name, value]) => {
    const found = after.row[at(name)];
    const isScalar = typeof found === 'number' || typeof found === 'boolean' || typeof found === 'string';
    return !isScalar || same(found, value) ? [] : [{ object, member: name, wanted: value, found }];
  });
  const references = Object.entries(wanted.references ?? {}).flatMap(([name, target]) => {
    const id = target === null ? null : (targets.get(target) ?? target);
    const found = referenceIdOf(after.row[at(name)]);
    return found === id ? [] : [{ object, member: name, wanted: target, found }];
  });
  return [...values, ...references];
}

/** Wwise keeps most numbers as 32-bit floats. */
function same(found: string | number | boolean, wanted: string | number | boolean): boolean {
  if (typeof found === 'number' && typeof wanted === 'number')
    return Math.fround(found) === Math.fround(wanted);
  return found === wanted;
}
