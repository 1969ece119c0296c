import { z } from 'zod';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const waapiUnsubscribe = defineCommand({
  name: 'waapi_unsubscribe',
  title: 'Unsubscribe',
  description: 'End a subscription; events nobody fetched are discarded and counted.',
  toolset: 'waapi',
  effect: 'read',
  readsOnly: 'events',
  examples: [
    {
      title: 'Stop watching',
      before: [['waapi_subscribe', { topic: 'ak.wwise.core.object.notesChanged' }]],
      input: { subscription: '$from:1:subscription' },
    },
  ],
  waapiCalls: 0,
  input: z.strictObject({
    subscription: z.string().trim().min(1).max(50).describe('What waapi_subscribe gave.'),
  }),
  output: z.object({ subscription: z.string(), discarded: z.int() }),
  async run({ subscription }, { topics }) {
    return { subscription, discarded: await topics.close(subscription) };
  },
});
