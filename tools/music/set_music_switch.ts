import { z } from 'zod';
import { asJsonArray } from '../../src/base/json.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { expectType } from '../../src/bus/expect-type.ts';
import { findObject, findObjects } from '../../src/bus/find-object.ts';
import { leanRef } from '../../src/bus/lean-ref.ts';
import { objectField } from '../../src/bus/object-field.ts';
import { refOf } from '../../src/bus/object-row.ts';
import { setObjects } from '../../src/bus/set-objects.ts';
import { wires } from '../../src/bus/wiring.ts';

export const setMusicSwitch = defineCommand({
  name: 'set_music_switch',
  title: 'Set music switch table',
  description:
    'Set the table of a Music Switch Container: which groups decide and which child plays when; replaces the old table. Needs Wwise 2022.1.',
  toolset: 'music',
  effect: 'update',
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
  waapiCalls: 4,
  input: z
    .strictObject({
      objectId: objectField('The Music Switch Container.').register(wires, {
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
            at: z.array(objectField('Switch or State.')).min(1).max(20).describe('One per group, in order.'),
            child: objectField('Child that plays.'),
          }),
        )
        .max(500)
        .describe('Lines of the table.'),
    })
    .refine(({ groups, entries }) => entries.every(({ at }) => at.length === groups.length), {
      path: ['entries'],
      message: 'must name one Switch or State for each group',
    }),
  output: z.object({ object: leanRef, groups: z.int(), entries: z.int().describe('Lines Wwise keeps now.') }),
  async run({ objectId, groups, entries }, context) {
    const wanted = [objectId, ...groups, ...entries.flatMap(({ at, child }) => [...at, child])];
    const all = await findObjects(wanted, context);
    const idOf = new Map(wanted.map((designator, at) => [designator, all[at]?.id ?? '']));
    const container = expectType(
      all[0] ?? (await findObject(objectId, context)),
      'objectId',
      'MusicSwitchContainer',
    );
    for (const group of all.slice(1, groups.length + 1))
      expectType(group, 'groups', 'SwitchGroup', 'StateGroup');
    const change = {
      object: container.id,
      '@Arguments': groups.map((group) => ({
        type: 'MusicArgumentsSlot',
        name: '',
        '@Argument': idOf.get(group),
      })),
      '@Entries': entries.map(({ at, child }) => ({
        type: 'MultiSwitchEntry',
        name: '',
        '@EntryPath': at.map((one) => ({
          type: 'EntryPathSlot',
          name: '',
          '@EntryPathObject': idOf.get(one),
        })),
        '@AudioNode': idOf.get(child),
      })),
    };
    await setObjects([change], context, {
      aim: `set the table of "${container.path}"`,
      listMode: 'replaceAll',
      returns: ['id'],
    });
    const { row } = await findObject(container.id, context, { returns: ['@Arguments', '@Entries'] });
    return {
      object: refOf(row),
      groups: asJsonArray(row['@Arguments']).length,
      entries: asJsonArray(row['@Entries']).length,
    };
  },
});
