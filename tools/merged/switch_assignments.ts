import { z } from 'zod';
import { pageInput } from '../../src/core/answers/page.ts';
import type { MergedTool } from '../../src/core/merged-tool.ts';
import { assignmentInput } from '../../src/wwise/lists/switch-assignments.ts';
import { setSwitchGroup } from '../containers/set_switch_group.ts';

export const switchAssignments: MergedTool = {
  name: 'switch_assignments',
  title: 'Switch assignments',
  description:
    'Let a Switch Container follow a group (group), assign its children to Switches or States (assignments), or unassign them; objectId alone lists.',
  toolset: 'containers',
  input: z.strictObject({
    objectId: assignmentInput.shape.objectId,
    group: setSwitchGroup.input.shape.group.describe('First: Switch or State Group.').optional(),
    defaultSwitch: setSwitchGroup.input.shape.defaultSwitch,
    assignments: assignmentInput.shape.assignments.optional(),
    remove: z.boolean().default(false).describe('Unassign.'),
    cursor: pageInput.cursor,
  }),
  ways: [
    { command: 'unassign_switch', is: { remove: true }, has: ['assignments'] },
    { command: 'assign_switch', has: ['assignments'] },
    { command: 'set_switch_group', has: ['group'] },
    { command: 'list_assignments', has: ['objectId'] },
  ],
  examples: [
    {
      title: 'Let a child play on stone',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Ground',
        assignments: [{ child: 'OnStone', switch: 'Stone' }],
      },
    },
    { title: 'See what plays when', input: { objectId: '\\Containers\\Default Work Unit\\Ground' } },
  ],
};
