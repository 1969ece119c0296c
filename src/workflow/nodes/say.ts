import { z } from 'zod';
import { done, type OwnKind } from './node-kind.ts';

const input = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(4_000)
    .describe(
      'What to say. References inside it stand for their text: "Imported $from:audio:$output:object.name".',
    ),
});

/** Says something to the person who follows the run. */
export const say: OwnKind = Object.freeze({
  type: 'say',
  aliases: [],
  title: 'Say',
  description:
    'Say something to the person who follows the run: in its progress, and in the messages of its answer. A preview only lists it.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.object({ text: z.string().describe('What was said, references replaced.') }),
  ports: ['error'],
  passesOn: true,
  // What was said was heard.
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Greet whoever runs it',
      workflow: {
        inputs: { name: { type: 'string', default: 'you' } },
        nodes: [{ id: 'hello', type: 'say', data: { text: 'Hello $input:name' } }],
      },
    },
  ],
  run: async (raw, { say: report }) => {
    const { text } = input.parse(raw);
    report(text);
    return done({ text });
  },
} satisfies OwnKind);
