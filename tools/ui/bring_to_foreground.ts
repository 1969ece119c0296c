import { z } from 'zod';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const bringToForeground = defineCommand({
  name: 'bring_to_foreground',
  title: 'Bring to foreground',
  description: 'Bring the window of Wwise to the front. Needs a running Wwise with its window.',
  toolset: 'ui',
  effect: 'barrier',
  examples: [{ title: 'Show Wwise', input: {} }],
  checkedOn: 'scripted peer',
  waapiCalls: 1,
  input: z.strictObject({}),
  output: z.object({ done: z.boolean() }),
  async run(_input, context) {
    await context.waapi.call('ak.wwise.ui.bringToForeground');
    return { done: true };
  },
});
