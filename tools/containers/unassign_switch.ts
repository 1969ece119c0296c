import {
  assignmentInput,
  assignmentOutput,
  changeAssignments,
} from '../../src/wwise/lists/switch-assignments.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const unassignSwitch = defineCommand({
  name: 'unassign_switch',
  title: 'Unassign switches',
  description: 'Remove assignments of a Switch Container, when children must no longer play there.',
  toolset: 'containers',
  effect: 'update',
  revert: setsAgain,
  memo: { never: 'Reading assignments back takes a WAAPI call for each container.' },
  examples: [
    {
      title: 'Take a child off grass',
      input: {
        objectId: '\\Containers\\Default Work Unit\\Ground',
        assignments: [{ child: 'OnGrass', switch: 'Grass' }],
      },
    },
  ],
  formerInputs: { container: 'objectId' },
  waapiCalls: 9,
  input: assignmentInput,
  output: assignmentOutput,
  run: (input, context) => changeAssignments(input, 'unassigned', context),
});
