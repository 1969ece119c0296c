import { z } from 'zod';
import { wires } from '../../src/core/wiring.ts';
import { stillNamed } from '../../src/wwise/claims/claim.ts';
import { assignmentsOf, switchAssignment, theOne } from '../../src/wwise/lists/switch-assignments.ts';
import { notKept } from '../../src/wwise/objects/changes/not-kept.ts';
import { callObjectSet, explaining } from '../../src/wwise/objects/changes/set-objects.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { type FoundObject, refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const setSwitchGroup = defineCommand({
  name: 'set_switch_group',
  title: 'Set switch group',
  description:
    'Choose the group a Switch Container follows and its default, then assign_switch; removes assignments to another group.',
  toolset: 'containers',
  effect: 'update',
  revert: { calls: 'The group before is set again, with the assignments it had.' },
  examples: [
    {
      title: 'Let a Switch Container follow a State Group',
      input: { objectId: '\\Containers\\Default Work Unit\\Ground', group: 'StateGroup:Weather' },
    },
  ],
  waapiCalls: 12,
  input: z.strictObject({
    objectId: objectField('Switch Container.').register(wires, {
      kind: 'object',
      types: ['SwitchContainer'],
    }),
    group: objectField('Switch Group or State Group.'),
    defaultSwitch: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .optional()
      .describe('Its Switch or State when none is set.'),
  }),
  output: z.object({
    object: leanRef,
    group: z.object({ id: z.string(), name: z.string() }),
    defaultSwitch: namedTarget,
    previousGroup: namedTarget,
    unassigned: z.array(switchAssignment).describe('Assignments to the previous group, removed.'),
  }),
  async run({ objectId, group, defaultSwitch }, context) {
    const returns = ['@SwitchGroupOrStateGroup', '@DefaultSwitchOrState'];
    const before = await findObject(objectId, context, { returns });
    expectType(before, 'objectId', 'SwitchContainer', 'MusicTrack');
    const target = expectType(await findObject(group, context), 'group', 'SwitchGroup', 'StateGroup');
    const fallback =
      defaultSwitch === undefined
        ? undefined
        : theOne(
            defaultSwitch,
            await childrenOf(target.id, context),
            `"${target.path}" has no Switch or State`,
          );
    const previousGroup = namedTargetOf(before.row['@SwitchGroupOrStateGroup']);
    const change = {
      object: before.id,
      '@SwitchGroupOrStateGroup': target.id,
      ...(fallback === undefined ? {} : { '@DefaultSwitchOrState': fallback.id }),
    };
    const aim = `let "${before.path}" follow "${target.path}"`;
    const unassigned = await context.oneStep(`Set group of ${before.name}`, async () => {
      const stray = previousGroup?.id === target.id ? [] : await strayAssignments(before, context);
      await callObjectSet([change], context, { aim, returns: ['id'] });
      return stray;
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
      previousGroup,
      unassigned,
    };
  },
  achieved: ({ objectId, group, defaultSwitch }, output) => [
    {
      kind: 'reference',
      id: output.object.id,
      reference: 'SwitchGroupOrStateGroup',
      targetId: output.group.id,
    },
    ...(defaultSwitch === undefined
      ? []
      : [
          {
            kind: 'reference' as const,
            id: output.object.id,
            reference: 'DefaultSwitchOrState',
            targetId: output.defaultSwitch?.id ?? null,
          },
        ]),
    ...stillNamed(objectId, output.object.id),
    ...stillNamed(group, output.group.id),
  ],
});

/** Takes the assignments back while their group is still the one followed: afterwards nothing shows them. */
async function strayAssignments(container: FoundObject, context: CommandContext) {
  if (container.type !== 'SwitchContainer') return [];
  const stray = await assignmentsOf(container.id, context);
  for (const { child, switch: other } of stray) {
    await explaining(`remove the assignment of "${child.name}" to "${other.name}"`, () =>
      context.waapi.call('ak.wwise.core.switchContainer.removeAssignment', {
        child: child.id,
        stateOrSwitch: other.id,
      }),
    );
  }
  return stray;
}
