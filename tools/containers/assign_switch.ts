import {
  assigned,
  assignmentInput,
  assignmentOutput,
  changeAssignments,
} from '../../src/wwise/lists/switch-assignments.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

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
        objectId: '\\Containers\\Default Work Unit\\Ground',
        assignments: [{ child: 'OnStone', switch: 'Stone' }],
      },
    },
  ],
  formerInputs: { container: 'objectId' },
  waapiCalls: 10,
  input: assignmentInput,
  output: assignmentOutput,
  run: (input, context) => changeAssignments(input, 'assigned', context),
  achieved: assigned,
});
