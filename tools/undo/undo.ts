import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { historyInput, historySteps } from '../../src/wwise/undo/history-steps.ts';

export const undo = defineCommand({
  name: 'undo',
  title: 'Undo',
  description:
    "Take back the last steps of Wwise's undo history, whoever made them; a workflow run is one step.",
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
  output: z.object({ undone: z.int(), stoppedBy: z.string().nullable() }),
  async run({ steps }, { waapi }) {
    const { done, stoppedBy } = await historySteps('undo', steps, waapi);
    return { undone: done, stoppedBy };
  },
});
