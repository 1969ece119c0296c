import { z } from 'zod';
import { offeredUris, unknownUri } from '../../src/wwise/calls/live-schema.ts';
import { waapiUri } from '../../src/wwise/calls/waapi-call.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const waapiSubscribe = defineCommand({
  name: 'waapi_subscribe',
  title: 'Subscribe to a topic',
  description:
    'Collect the events of a WAAPI topic; fetch them with waapi_events, end with waapi_unsubscribe. Not possible over HTTP.',
  toolset: 'waapi',
  effect: 'read',
  readsOnly: 'events',
  examples: [{ title: 'Watch names change', input: { topic: 'ak.wwise.core.object.nameChanged' } }],
  input: z.strictObject({
    topic: waapiUri.describe('Of waapi_functions with topics.'),
    options: z.record(z.string(), z.json()).default({}).describe('E.g. {"return": ["path"]}.'),
    capacity: z
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('Events kept; the oldest are dropped and counted.'),
  }),
  output: z.object({ subscription: z.string(), topic: z.string() }),
  async run({ topic, options, capacity }, { topics, waapi }) {
    const offered = await offeredUris('topics', waapi);
    if (!offered.includes(topic)) throw unknownUri(topic, offered);
    return { subscription: await topics.open(topic, options, capacity), topic };
  },
});
