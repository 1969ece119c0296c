import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { fittedPage } from '../../src/core/answers/fitted-page.ts';
import { pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { assignmentsOf, switchAssignment } from '../../src/wwise/lists/switch-assignments.ts';
import { childrenOf } from '../../src/wwise/objects/children-of.ts';
import { expectType } from '../../src/wwise/objects/expect-type.ts';
import { findObject } from '../../src/wwise/objects/find-object.ts';
import { leanRef, namedTarget, namedTargetOf } from '../../src/wwise/objects/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/object-field.ts';
import { refOf } from '../../src/wwise/objects/object-row.ts';

export const listAssignments = defineCommand({
  name: 'list_assignments',
  title: 'List switch assignments',
  description:
    'List which child of a Switch Container plays at which Switch or State, and what is left over.',
  toolset: 'containers',
  effect: 'read',
  examples: [
    {
      title: 'See what plays on which Switch',
      input: { container: '\\Containers\\Default Work Unit\\Ground' },
    },
  ],
  waapiCalls: 5,
  input: z.strictObject({ container: objectField('Switch Container.'), ...pageInput }),
  output: z.object({
    container: leanRef,
    group: namedTarget,
    defaultSwitch: namedTarget,
    assignments: z.array(switchAssignment),
    unassignedChildren: z.array(z.string()),
    emptySwitches: z.array(z.string()),
    ...pageOutput,
  }),
  async run({ container, ...wanted }, context) {
    const returns = ['@SwitchGroupOrStateGroup', '@DefaultSwitchOrState'];
    const found = expectType(
      await findObject(container, context, { returns }),
      'container',
      'SwitchContainer',
    );
    const group = namedTargetOf(found.row['@SwitchGroupOrStateGroup']);
    const all = await assignmentsOf(found.id, context);
    const children = await childrenOf(found.id, context);
    const switches = group === null ? [] : await childrenOf(group.id, context);
    const { items, ...page } = fittedPage(all, wanted, (one) => one);
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
      ...page,
    };
  },
});
