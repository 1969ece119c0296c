import { z } from 'zod';
import { fitAnswer } from '../../src/core/answers/fit-answer.ts';
import { pageInput } from '../../src/core/answers/page.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

const event = z.object({ number: z.int(), atMs: z.number(), payload: z.json() });

export const waapiEvents = defineCommand({
  name: 'waapi_events',
  title: 'Fetch events',
  description: 'Fetch what a subscription collected, at once or after waiting for a first event.',
  toolset: 'waapi',
  effect: 'read',
  readsOnly: 'events',
  examples: [
    {
      title: 'Fetch what happened',
      before: [
        ['waapi_subscribe', { topic: 'ak.wwise.core.object.notesChanged' }],
        ['set_notes', { objectId: '\\Containers\\Default Work Unit\\Wind', notes: 'Softer' }],
      ],
      input: { subscription: '$from:1:subscription' },
    },
  ],
  waapiCalls: 0,
  input: z.strictObject({
    subscription: z.string().trim().min(1).max(50).describe('What waapi_subscribe gave.'),
    waitMs: z.int().min(0).max(60_000).default(0).describe('Wait so long for a first one, in ms.'),
    limit: pageInput.limit.default(50),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    topic: z.string(),
    events: z.array(event),
    total: z.int().describe('Of this answer and still waiting.'),
    waiting: z.int().describe('Events left to fetch.'),
    cursor: z.string().describe('Goes on from here; the one before gives this answer again.'),
    dropped: z.int().describe('Events lost since the last fetch: the buffer was full.'),
    truncated: z.string().nullable(),
  }),
  async run({ subscription, ...wanted }, { topics, signal }) {
    const { events, ...taken } = await topics.take(subscription, wanted, signal);
    const { answer, truncated } = fitAnswer({ events: events.map((one) => ({ ...one })) });
    const total = events.length + taken.waiting;
    return {
      ...taken,
      total,
      events: z.array(event).parse(answer.events),
      truncated,
    };
  },
});
