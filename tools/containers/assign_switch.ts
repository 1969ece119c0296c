import { defineCommand } from '../../src/bus/command.ts';
import {
  assigned,
  assignmentInput,
  assignmentOutput,
  changeAssignments,
} from '../../src/wwise/lists/switch-assignments.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';

export const assignSwitch = defineCommand({
  name: 'assign_switch',
  title: 'Assign switches',
  description:
    'Assign children of a Switch Container to the Switches or States at which they play. First set_switch_group.',
  toolset: 'containers',
  effect: 'update',
  revert: setsAgain,
  examples: [
    {
      title: 'Let a child play on stone',
      input: {
        container: '\\Containers\\Default Work Unit\\Ground',
        assignments: [{ child: 'OnStone', switch: 'Stone' }],
      },
    },
  ],
  waapiCalls: 8,
  input: assignmentInput,
  output: assignmentOutput,
  run: (input, context) => changeAssignments(input, 'assigned', context),
  achieved: assigned,
});
