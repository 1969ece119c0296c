import { z } from 'zod';
import { historyInput, historySteps, stepsMade } from '../../src/wwise/undo/history-steps.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const undo = defineCommand({
  name: 'undo',
  title: 'Undo',
  description: "Undo the last steps of Wwise's undo history, whoever made them; a workflow run is one step.",
  toolset: 'undo',
  effect: 'barrier',
  examples: [
    {
      title: 'Take the last step back',
      before: [['set_notes', { objectId: '\\Containers\\Default Work Unit\\Wind', notes: 'Wrong one.' }]],
      input: {},
    },
  ],
  hints: { idempotent: false },
  endsUndoStep: true,
  input: historyInput,
  output: z.object({ undone: z.int(), steps: stepsMade, stoppedBy: z.string().nullable() }),
  async run({ steps }, { waapi }) {
    const { done, stoppedBy, steps: made } = await historySteps('undo', steps, waapi);
    return { undone: done, steps: made, stoppedBy };
  },
});
