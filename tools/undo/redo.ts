import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { historyInput, historySteps } from '../../src/wwise/undo/history-steps.ts';

export const redo = defineCommand({
  name: 'redo',
  title: 'Redo',
  description: 'Do again what undo took back, while nothing else was changed since.',
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
  output: z.object({ redone: z.int(), stoppedBy: z.string().nullable() }),
  async run({ steps }, { waapi }) {
    const { done, stoppedBy } = await historySteps('redo', steps, waapi);
    return { redone: done, stoppedBy };
  },
});
