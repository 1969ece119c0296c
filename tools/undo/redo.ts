import { z } from 'zod';
import { historyInput, historySteps, stepsMade } from '../../src/wwise/undo/history-steps.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const redo = defineCommand({
  name: 'redo',
  title: 'Redo',
  description: 'Redo what was undone last, while nothing else was changed since.',
  toolset: 'undo',
  effect: 'barrier',
  examples: [
    {
      title: 'Do it again after all',
      before: [
        ['set_notes', { objectId: '\\Containers\\Default Work Unit\\Wind', notes: 'Right one.' }],
        ['undo', {}],
      ],
      input: {},
    },
  ],
  hints: { idempotent: false },
  endsUndoStep: true,
  input: historyInput,
  output: z.object({ redone: z.int(), steps: stepsMade, stoppedBy: z.string().nullable() }),
  async run({ steps }, { waapi }) {
    const { done, stoppedBy, steps: made } = await historySteps('redo', steps, waapi);
    return { redone: done, steps: made, stoppedBy };
  },
});
