import { z } from 'zod';
import { answerRoom } from '../../src/core/answers/answer-room.ts';
import { mostlyEmpty, usual } from '../../src/core/answers/lean-data.ts';
import { toWwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, isJsonObject, type JsonObject } from '../../src/core/json.ts';
import {
  type AskedChange,
  askedChange,
  changedMembers,
} from '../../src/wwise/objects/changes/asked-change.ts';
import {
  atName,
  changeSpec,
  changeTargets,
  withChoiceNumbers,
} from '../../src/wwise/objects/changes/change-spec.ts';
import { explainRefusedChanges } from '../../src/wwise/objects/changes/explain-refused-changes.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { expressionsOf, readValues, valuesIn } from '../../src/wwise/objects/changes/set-values.ts';
import { onNameConflict } from '../../src/wwise/objects/creating/child-spec.ts';
import { madeWorkUnit } from '../../src/wwise/objects/creating/made-work-unit.ts';
import { replacesWhatLiesThere } from '../../src/wwise/objects/creating/replaces-what-lies-there.ts';
import { findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import {
  type FoundObject,
  type ObjectRef,
  referenceIdOf,
  refOf,
} from '../../src/wwise/objects/rows/object-row.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const setObjects = defineCommand({
  name: 'set_objects',
  title: 'Set objects',
  description:
    'Change many things at once, all or nothing, and read them back: rename, notes, properties, references, list items, new children. Needs Wwise 2022.1. For one value use set_property.',
  toolset: 'objects',
  effect: 'update',
  replaces: replacesWhatLiesThere,
  revert: {
    calls: 'What was there before is set again, and what it made is deleted.',
    except: `Entries of lists that it replaced come back ${exactlyOrByUndo}`,
  },
  irreversible: ({ objects }) => madeWorkUnit({ children: objects }),
  memo: { never: 'New children and list items are made by each call.' },
  examples: [
    {
      title: 'Rename, annotate and set at once',
      input: {
        objects: [
          {
            objectId: '\\Containers\\Default Work Unit\\Wind',
            name: 'Breeze',
            notes: 'Softer',
            properties: { Volume: -4 },
            references: { Attenuation: 'Attenuation:Far' },
          },
        ],
      },
    },
  ],
  formerInputs: { 'objects[].object': 'objectId' },
  waapiCalls: 7,
  input: z.strictObject({
    objects: z.array(askedChange).min(1).max(500).describe('One entry per object.'),
    listMode: z.enum(['append', 'replaceAll']).default('append').describe('Present list items.'),
    onNameConflict,
  }),
  output: z.object({
    objects: z.array(leanRef.extend({ values: readValues, before: readValues })),
    created: z.array(leanRef).register(usual, mostlyEmpty),
    createdTotal: z.int().register(usual, { is: 0 }),
    notKept: z
      .array(z.object({ object: z.string(), member: z.string(), wanted: z.json(), found: z.json() }))
      .register(usual, mostlyEmpty),
    notice: z.string().nullable(),
  }),
  async run({ objects: entries, listMode, onNameConflict: mode }, context) {
    const asked = entries.map(({ objectId, ...entry }) => ({ object: objectId, ...entry }));
    const targets = await changeTargets(asked, context);
    const found = await readBefore(asked, context);
    const objects: AskedChange[] = [];
    for (const [index, one] of asked.entries()) {
      const { id, type = '' } = found[index] ?? {};
      objects.push({ ...one, ...(await withChoiceNumbers(one, { type, object: id }, context)) });
    }
    const specs = objects.map(({ object, name, ...rest }, index) => ({
      object: found[index]?.id ?? object,
      ...(name === undefined ? {} : { name }),
      onNameConflict: mode,
      ...changeSpec(rest, targets),
    }));
    const answer = await callObjectSet(specs, context, {
      aim: objects.length === 1 ? `change "${found[0]?.path}"` : `change ${objects.length} objects`,
      listMode,
    }).catch(async (thrown: unknown) => {
      throw await explainRefusedChanges(toWwiseFlowError(thrown), objects, found, context);
    });
    const after = await readBack(objects, found, context);
    const created = asJsonArray(answer.objects).flatMap((row) => (isJsonObject(row) ? createdIn(row) : []));
    const lost = objects.flatMap((wanted, index) => notKept(wanted, after[index], targets));
    const room = answerRoom();
    return {
      notKept: room.take('notKept', lost, 0.4),
      created: room.take('created', created, 0.6),
      createdTotal: created.length,
      objects: room.take(
        'objects',
        after.map(({ row }, index) => ({
          ...refOf(row),
          values: valuesIn(row, changedMembers(objects[index])),
          before: valuesIn(found[index]?.row ?? {}, changedMembers(objects[index])),
        })),
      ),
      notice: room.notice('query_waql lists the others.'),
    };
  },
});

/** The objects as they are, with what is to be set; without it where a member does not exist, which the change then says. */
async function readBefore(changes: readonly AskedChange[], context: CommandContext) {
  const named = changes.map(({ object }) => object);
  try {
    return await findObjects(named, context, { returns: returnsFor(changes) });
  } catch (thrown) {
    if (toWwiseFlowError(thrown).code === 'OBJECT_NOT_FOUND') throw thrown;
    return findObjects(named, context);
  }
}

async function readBack(
  changes: readonly AskedChange[],
  found: readonly FoundObject[],
  context: CommandContext,
) {
  return findObjects(
    found.map(({ id }) => id),
    context,
    { returns: returnsFor(changes) },
  );
}

function returnsFor(changes: readonly AskedChange[]): string[] {
  return [...new Set(changes.flatMap((change) => expressionsOf(changedMembers(change))))];
}

/** Objects of the answer below the changed one. */
function createdIn(row: JsonObject): ObjectRef[] {
  return Object.entries(row).flatMap(([member, value]) => {
    if (member !== 'children' && !member.startsWith('@')) return [];
    const made = (Array.isArray(value) ? asJsonArray(value) : [value]).filter(isJsonObject);
    return made.flatMap((object) => [refOf(object), ...createdIn(object)]);
  });
}

function notKept(wanted: AskedChange, after: FoundObject | undefined, targets: ReadonlyMap<string, string>) {
  if (after === undefined) return [];
  const object = after.path;
  const values = Object.entries(wanted.properties ?? {}).flatMap(([name, value]) => {
    const found = after.row[atName(name)];
    const isScalar = typeof found === 'number' || typeof found === 'boolean' || typeof found === 'string';
    return !isScalar || same(found, value) ? [] : [{ object, member: name, wanted: value, found }];
  });
  const references = Object.entries(wanted.references ?? {}).flatMap(([name, target]) => {
    const id = target === null ? null : (targets.get(target) ?? target);
    const found = referenceIdOf(after.row[atName(name)]);
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
