import { z } from 'zod';
import { defineCommand } from '../../src/bus/command.ts';
import { pageInput, pageOf, pageOutput } from '../../src/core/answers/page.ts';
import { offeredUris } from '../../src/wwise/calls/live-schema.ts';
import { readsOnly } from '../../src/wwise/calls/waapi-call.ts';

export const waapiFunctions = defineCommand({
  name: 'waapi_functions',
  title: 'WAAPI functions',
  description:
    'List the WAAPI functions or topics the running Wwise offers, to find one for waapi_call or waapi_subscribe.',
  toolset: 'waapi',
  effect: 'read',
  examples: [{ title: 'List the functions about objects', input: { find: 'core.object' } }],
  input: z.strictObject({
    find: z.string().trim().min(1).max(200).optional().describe('Only URIs that hold this text.'),
    topics: z.boolean().default(false).describe('Topics instead of functions.'),
    limit: pageInput.limit.default(200),
    cursor: pageInput.cursor,
  }),
  output: z.object({
    uris: z.array(z.string()),
    reading: z.array(z.string()).describe('Those of them that only read.'),
    ...pageOutput,
  }),
  async run({ find, topics, ...wanted }, { waapi }) {
    const all = [...(await offeredUris(topics ? 'topics' : 'functions', waapi))].sort();
    const word = find?.toLowerCase() ?? '';
    const { items, ...page } = pageOf(
      all.filter((uri) => uri.toLowerCase().includes(word)),
      wanted,
    );
    return { uris: items, reading: topics ? [] : items.filter(readsOnly), ...page };
  },
});
