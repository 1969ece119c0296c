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
    // One list, so that one cursor leads through all three.
    const rows: readonly Row[] = [
      ...all.map((assignment) => ({ assignment })),
      ...without(children, new Set(all.map(({ child }) => child.id))).map((unassigned) => ({ unassigned })),
      ...without(switches, new Set(all.map((one) => one.switch.id))).map((empty) => ({ empty })),
    ];
    const { items, cursor } = page('list_assignments', input, rows, (row) => Object.values(row)[0]);
    return {
      container: refOf(found.row),
      group,
      defaultSwitch: namedTargetOf(found.row['@DefaultSwitchOrState']),
      assignments: items.flatMap(({ assignment }) => assignment ?? []),
      unassignedChildren: items.flatMap(({ unassigned }) => unassigned ?? []),
      emptySwitches: items.flatMap(({ empty }) => empty ?? []),
      total: all.length,
      cursor,
    };
  },
});

interface Row {
  readonly assignment?: z.output<typeof switchAssignment>;
  readonly unassigned?: string;
  readonly empty?: string;
}

/** The names of those that are not among these. */
function without(
  objects: readonly { readonly id: string; readonly name: string }[],
  ids: ReadonlySet<string>,
): readonly string[] {
  return objects.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
}
