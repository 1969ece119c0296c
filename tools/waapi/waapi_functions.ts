import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { offeredUris } from '../../src/wwise/calls/live-schema.ts';
import { readsOnly } from '../../src/wwise/calls/waapi-call.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const waapiFunctions = defineCommand({
  name: 'waapi_functions',
  title: 'WAAPI functions',
  description:
    'List the WAAPI functions or topics the running Wwise offers, to find one for waapi_call or waapi_subscribe.',
  toolset: 'waapi',
  effect: 'read',
  readsOnly: 'WAAPI',
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
  async run(input, { waapi }) {
    const { find, topics } = input;
    const all = [...(await offeredUris(topics ? 'topics' : 'functions', waapi))].sort();
    const word = find?.toLowerCase() ?? '';
    const { items, ...rest } = page(
      'waapi_functions',
      input,
      all.filter((uri) => uri.toLowerCase().includes(word)),
      // What reads is named twice.
      (uri) => [uri, uri],
    );
    return { uris: items, reading: topics ? [] : items.filter(readsOnly), ...rest };
  },
});
