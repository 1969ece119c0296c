import { z } from 'zod';
import { offeredUris, unknownUri } from '../../src/bus/call-check.ts';
import { defineCommand } from '../../src/bus/command.ts';
import { waapiUri } from '../../src/bus/waapi-call.ts';

export const waapiSubscribe = defineCommand({
  name: 'waapi_subscribe',
  title: 'Subscribe to a topic',
  description:
    'Start to collect the events of a WAAPI topic (ak.wwise.core.object.created...); fetch them with waapi_events and end with waapi_unsubscribe. Not possible over HTTP.',
  toolset: 'waapi',
  effect: 'read',
  waapiCalls: 2,
  input: z.strictObject({
    topic: waapiUri.describe('The topic; waapi_functions with topics lists them.'),
    options: z.record(z.string(), z.json()).default({}).describe('Its options, e.g. {"return": ["path"]}.'),
    capacity: z
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('Events kept until they are fetched; then the oldest are dropped and counted.'),
  }),
  output: z.object({ subscription: z.string(), topic: z.string() }),
  async run({ topic, options, capacity }, { topics, waapi }) {
    const offered = await offeredUris('topics', waapi);
    if (!offered.includes(topic)) throw unknownUri(topic, offered);
    return { subscription: await topics.open(topic, options, capacity), topic };
  },
});
