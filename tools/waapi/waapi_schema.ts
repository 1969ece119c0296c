import { z } from 'zod';
import { fitAnswer } from '../../src/core/answers/fit-answer.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { jsonRecord } from '../../src/core/json-record.ts';
import { liveSchema } from '../../src/wwise/calls/live-schema.ts';
import { waapiUri } from '../../src/wwise/calls/waapi-call.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

export const waapiSchema = defineCommand({
  name: 'waapi_schema',
  title: 'WAAPI schema',
  description:
    'Show what a WAAPI function takes and gives, or a topic publishes, as JSON Schema of the running Wwise.',
  toolset: 'waapi',
  effect: 'read',
  readsOnly: 'WAAPI',
  examples: [
    { title: 'See what a function takes', input: { uri: 'ak.wwise.core.object.setNotes', parts: ['args'] } },
  ],
  input: z.strictObject({
    uri: waapiUri.describe('A function or topic.'),
    parts: z
      .array(z.enum(['args', 'options', 'result', 'publish']))
      .min(1)
      .default(['args', 'options', 'publish'])
      .describe('Which schemas.'),
  }),
  output: z.object({
    uri: z.string(),
    description: z.string().nullable(),
    schemas: z.record(z.string(), z.json()),
    truncated: z.string().nullable(),
  }),
  async run({ uri, parts }, { waapi }) {
    const schema = await liveSchema(uri, waapi);
    const all: Readonly<Record<string, JsonObject | undefined>> = {
      args: schema.argsSchema,
      options: schema.optionsSchema,
      result: schema.resultSchema,
      publish: schema.publishSchema,
    };
    const chosen = Object.entries(all).filter(
      ([name, part]) => part !== undefined && parts.some((wanted) => wanted === name),
    );
    const { answer, truncated } = fitAnswer(Object.fromEntries(chosen));
    const schemas = jsonRecord.parse(answer);
    return { uri, description: schema.description ?? null, schemas, truncated };
  },
});
