import { z } from 'zod';
import { howManyFit } from '../../src/core/answers/budget.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { wires } from '../../src/core/wiring.ts';
import { asListItems } from '../../src/wwise/lists/list-slots.ts';
import { tableEntry, tableOf } from '../../src/wwise/lists/music-structure.ts';
import { theOne } from '../../src/wwise/lists/switch-assignments.ts';
import { callObjectSet } from '../../src/wwise/objects/changes/set-objects.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { explainMissing } from '../../src/wwise/objects/finding/explain-missing.ts';
import { findObject, findObjects } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef } from '../../src/wwise/objects/rows/lean-ref.ts';
import { allDiffer, objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type CreatedRef, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { exactlyOrByUndo } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const groupSlot = { type: 'MusicArgumentsSlot', reference: 'Argument' };
const pathSlot = { type: 'EntryPathSlot', reference: 'EntryPathObject' };

const word = z.string().trim().min(1).max(2_000);

export const setMusicSwitch = defineCommand({
  name: 'set_music_switch',
  title: 'Set music switch table',
  description:
    'Set the table of a Music Switch Container: which groups decide and which child plays when; replaces the old table.',
  toolset: 'music',
  effect: 'update',
  revert: {
    calls: 'What was there before is set again, and what it added is deleted.',
    except: `Entries that it replaced come back ${exactlyOrByUndo}`,
  },
  memo: { never: 'The table is a list of its own objects, which are made anew each time.' },
  examples: [
    {
      title: 'Play the calm segment in the sun',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Moods',
        groups: ['StateGroup:Weather'],
        entries: [
          {
            at: ['\\States\\Default Work Unit\\Weather\\Sun'],
            child: '\\Containers\\Default Work Unit\\Moods\\Calm',
          },
        ],
      },
    },
  ],
  version: 2,
  waapiCalls: 10,
  input: z
    .strictObject({
      objectId: objectField('Music Switch Container.').register(wires, {
        kind: 'object',
        types: ['MusicSwitchContainer'],
      }),
      groups: z
        .array(objectField('Switch Group or State Group.'))
        .min(1)
        .max(20)
        .describe('The groups, in order.'),
      entries: z
        .array(
          z.strictObject({
            at: z.array(word).min(1).max(20).describe('Switch or State of each group, in order; * for any.'),
            child: word.describe('Child that plays, by name.'),
          }),
        )
        .max(500)
        .describe('Lines of the table.'),
    })
    .refine(({ groups, entries }) => entries.every(({ at }) => at.length === groups.length), {
      path: ['entries'],
      message: 'must name one Switch or State for each group',
    })
    .refine(({ entries }) => allDiffer(entries.map(({ at }) => at.join('\n'))), {
      path: ['entries'],
      message: 'must name each combination of Switches and States once',
    }),
  output: z.object({
    object: leanRef,
    groups: z.array(z.string()),
    entries: z.array(tableEntry),
    total: z.int(),
  }),
  async run({ objectId, groups, entries }, context) {
    const [container, ...found] = await findObjects([objectId, ...groups], context);
    if (container === undefined) throw await explainMissing([objectId], context);
    expectType(container, 'objectId', 'MusicSwitchContainer');
    const choices: CreatedRef[][] = [];
    for (const group of found) {
      expectType(group, 'groups', 'SwitchGroup', 'StateGroup');
      choices.push(await childrenOf(group.id, context));
    }
    const children = await childrenOf(container.id, context);
    // The group itself stands for any of its Switches or States.
    const idAt = (word: string, at: number) =>
      word === '*'
        ? (found[at]?.id ?? '')
        : theOne(word, choices[at] ?? [], `"${groups[at]}" has no Switch or State`).id;
    const lines: JsonObject[] = [];
    for (const { at, child } of entries) {
      lines.push({
        type: 'MultiSwitchEntry',
        name: '',
        '@EntryPath': await asListItems(at.map(idAt), pathSlot, context),
        '@AudioNode': theOne(child, children, `"${container.path}" has no child`).id,
      });
    }
    const groupIds = found.map(({ id }) => id);
    const change = {
      object: container.id,
      '@Arguments': await asListItems(groupIds, groupSlot, context),
      '@Entries': lines,
    };
    await callObjectSet([change], context, {
      aim: `set the table of "${container.path}"`,
      listMode: 'replaceAll',
      returns: ['id'],
    });
    const { row } = await findObject(container.id, context, { returns: ['@Arguments', '@Entries'] });
    // Before 2023.1 a table cannot be read: what was written is what there is.
    if (row['@Entries'] === undefined)
      return { object: refOf(row), groups: found.map(({ name }) => name), entries, total: entries.length };
    const table = await tableOf(row, context);
    if (table.groups.length !== groups.length || table.entries.length !== entries.length)
      throw notKept(container.path, table.entries.length, entries.length);
    const shown = table.entries.slice(0, howManyFit(table.entries));
    return { object: refOf(row), groups: table.groups, entries: shown, total: table.entries.length };
  },
});

function notKept(path: string, found: number, wanted: number): WwiseFlowError {
  return new WwiseFlowError(
    'WAAPI_ERROR',
    `Wwise accepted the call, but the table of "${path}" has ${found} lines, not ${wanted}.`,
    { hint: 'Two lines may name the same Switches or States: look at the table with get_music.' },
  );
}
