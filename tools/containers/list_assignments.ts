import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { assignmentsOf, switchAssignment } from '../../src/wwise/lists/switch-assignments.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const listAssignments = defineCommand({
  name: 'list_assignments',
  title: 'List switch assignments',
  description:
    'List which child of a Switch Container plays at which Switch or State, and what is left over.',
  toolset: 'containers',
  effect: 'read',
  readsOnly: 'one container',
  examples: [
    {
      title: 'See what plays on which Switch',
      input: { objectId: '\\Containers\\Default Work Unit\\Ground' },
    },
  ],
  formerInputs: { container: 'objectId' },
  waapiCalls: 5,
  input: z.strictObject({ objectId: objectField('Switch Container.'), ...pageInput }),
  output: z.object({
    container: leanRef,
    group: namedTarget,
    defaultSwitch: namedTarget,
    assignments: z.array(switchAssignment),
    unassignedChildren: z.array(z.string()),
    emptySwitches: z.array(z.string()),
    ...pageOutput,
  }),
  async run(input, context) {
    const { objectId } = input;
    const returns = ['@SwitchGroupOrStateGroup', '@DefaultSwitchOrState'];
    const found = expectType(await findObject(objectId, context, { returns }), 'objectId', 'SwitchContainer');
    const group = namedTargetOf(found.row['@SwitchGroupOrStateGroup']);
    const all = await assignmentsOf(found.id, context);
    const children = await childrenOf(found.id, context);
    const switches = group === null ? [] : await childrenOf(group.id, context);
    const { items, ...rest } = page('list_assignments', input, all);
    return {
      container: refOf(found.row),
      group,
      defaultSwitch: namedTargetOf(found.row['@DefaultSwitchOrState']),
      assignments: items,
      unassignedChildren: children
        .filter(({ id }) => !all.some(({ child }) => child.id === id))
        .map(({ name }) => name),
      emptySwitches: switches
        .filter(({ id }) => !all.some((one) => one.switch.id === id))
        .map(({ name }) => name),
      ...rest,
    };
  },
});
