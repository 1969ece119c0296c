import { defineCommand } from '../../src/bus/command.ts';
import {
  assignmentInput,
  assignmentOutput,
  changeAssignments,
} from '../../src/wwise/lists/switch-assignments.ts';
import { setsAgain } from '../../src/wwise/undo/revert.ts';

export const unassignSwitch = defineCommand({
  name: 'unassign_switch',
  title: 'Unassign switches',
  description: 'Take back assignments of a Switch Container, when children must no longer play there.',
  toolset: 'containers',
  effect: 'update',
  revert: setsAgain,
  memo: { never: 'Reading assignments back takes a WAAPI call for each container.' },
  examples: [
    {
      title: 'Take a child off grass',
      input: {
        container: '\\Containers\\Default Work Unit\\Ground',
        assignments: [{ child: 'OnGrass', switch: 'Grass' }],
      },
    },
  ],
  waapiCalls: 8,
  input: assignmentInput,
  output: assignmentOutput,
  run: (input, context) => changeAssignments(input, 'unassigned', context),
});
