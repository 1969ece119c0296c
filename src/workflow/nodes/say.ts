import { z } from 'zod';
import { done, type NodeKind } from './node-kind.ts';

const input = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(4_000)
    .describe(
      'What to say. References inside it stand for their text: "Imported $from:audio:$output:object.name".',
    ),
});

/** Tells the person who follows the run something. */
export const say: NodeKind = Object.freeze({
  type: 'say',
  aliases: [],
  title: 'Say',
  description:
    'Say something to the person who follows the run: in its progress, and in the messages of its answer. A preview only lists it.',
  toolset: 'flow',
  effect: 'none',
  input,
  output: z.object({ text: z.string().describe('What was said, references replaced.') }),
  ports: [],
  // What was said was heard.
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  run: async (raw, { say: tell }) => {
    const { text } = input.parse(raw);
    tell(text);
    return done({ text });
  },
} satisfies NodeKind);
