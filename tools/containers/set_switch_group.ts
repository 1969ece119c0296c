import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { stillNamed } from '../../src/bus/memo/claim.ts';
import { expectType } from '../../src/bus/objects/expect-type.ts';
import { findObject } from '../../src/bus/objects/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/bus/objects/lean-ref.ts';
import { notKept } from '../../src/bus/objects/not-kept.ts';
import { objectField } from '../../src/bus/objects/object-field.ts';
import { refOf } from '../../src/bus/objects/object-row.ts';
import { setObjects } from '../../src/bus/objects/set-objects.ts';
import { wires } from '../../src/bus/wiring.ts';

export const setSwitchGroup = defineCommand({
  name: 'set_switch_group',
  title: 'Set switch group',
  description:
    'Choose the group a Switch Container follows and its default, then assign_switch; assignments to another group are lost.',
  toolset: 'containers',
  effect: 'update',
  examples: [
    {
      title: 'Let a Switch Container follow a State Group',
      input: { objectId: '\\Containers\\Default Work Unit\\Ground', group: 'StateGroup:Weather' },
    },
  ],
  waapiCalls: 5,
  input: z.strictObject({
    objectId: objectField('The Switch Container.').register(wires, {
      kind: 'object',
      types: ['SwitchContainer'],
    }),
    group: objectField('Switch Group or State Group.'),
    defaultSwitch: objectField('Switch or State when none is set.').optional(),
  }),
  output: z.object({
    object: leanRef,
    group: z.object({ id: z.string(), name: z.string() }),
    defaultSwitch: namedTarget,
    previousGroup: namedTarget,
  }),
  async run({ objectId, group, defaultSwitch }, context) {
    const returns = ['@SwitchGroupOrStateGroup', '@DefaultSwitchOrState'];
    const before = await findObject(objectId, context, { returns });
    expectType(before, 'objectId', 'SwitchContainer', 'MusicTrack');
    const target = expectType(await findObject(group, context), 'group', 'SwitchGroup', 'StateGroup');
    const fallback = defaultSwitch === undefined ? undefined : await findObject(defaultSwitch, context);
    if (fallback !== undefined) expectType(fallback, 'defaultSwitch', 'Switch', 'State');
    const change = {
      object: before.id,
      '@SwitchGroupOrStateGroup': target.id,
      ...(fallback === undefined ? {} : { '@DefaultSwitchOrState': fallback.id }),
    };
    await setObjects([change], context, {
      aim: `let "${before.path}" follow "${target.path}"`,
      returns: ['id'],
    });
    const { row } = await findObject(before.id, context, { returns });
    const kept = namedTargetOf(row['@SwitchGroupOrStateGroup']);
    if (kept?.id !== target.id) {
      const what = `"${before.path}" follows ${kept === null ? 'nothing' : `"${kept.name}"`}, not "${target.path}"`;
      throw notKept(what, { object: refOf(row), wanted: refOf(target.row) });
    }
    if (fallback !== undefined && namedTargetOf(row['@DefaultSwitchOrState'])?.id !== fallback.id)
      throw notKept(`the default of "${before.path}" is not "${fallback.path}"`, { object: refOf(row) });
    return {
      object: refOf(row),
      group: namedTargetOf(row['@SwitchGroupOrStateGroup']) ?? { id: '', name: '' },
      defaultSwitch: namedTargetOf(row['@DefaultSwitchOrState']),
      previousGroup: namedTargetOf(before.row['@SwitchGroupOrStateGroup']),
    };
  },
  achieved: ({ objectId, group }, output) => [
    {
      kind: 'reference',
      id: output.object.id,
      reference: 'SwitchGroupOrStateGroup',
      targetId: output.group.id,
    },
    {
      kind: 'reference',
      id: output.object.id,
      reference: 'DefaultSwitchOrState',
      targetId: output.defaultSwitch?.id ?? null,
    },
    ...stillNamed(objectId, output.object.id),
    ...stillNamed(group, output.group.id),
  ],
});
