import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { done, failed, type OwnKind } from './node-kind.ts';

const input = z.strictObject({
  status: z
    .enum(['done', 'failed'])
    .default('done')
    .describe('How the run ended: "failed" is a failure of this node, as any other one.'),
  message: z
    .string()
    .max(4_000)
    .optional()
    .describe('Why, for the person who follows the run. References inside it stand for their text.'),
});

/** Ends the run before its last node. */
export const end: OwnKind = Object.freeze({
  type: 'end',
  aliases: [],
  title: 'End',
  description:
    'End the run before its last node, mostly on a way of a branch: what is listed before it is finished, nothing after it ' +
    'begins. Inside a loop it ends the whole run.',
  toolset: 'flow',
  // What is before it in the document is done, whether or not an edge says so: otherwise it would be chance.
  effect: 'barrier',
  input,
  output: z.object({
    status: z.string().describe('How the run ended.'),
    message: z.string().nullable().describe('Why.'),
  }),
  ports: [],
  endsRun: true,
  replay: 'again',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Stop where there is nothing to do',
      workflow: {
        inputs: { files: { type: 'array', default: [] } },
        nodes: [
          {
            id: 'none',
            type: 'branch',
            data: { condition: { of: '$input:files', operator: 'empty' } },
          },
          { id: 'stop', type: 'end', data: { message: 'There are no files.' } },
          { id: 'go', type: 'say', data: { text: 'Importing' } },
        ],
        edges: [
          { source: 'none', target: 'stop', sourceHandle: 'true' },
          { source: 'none', target: 'go', sourceHandle: 'false' },
        ],
      },
    },
  ],
  run: async (raw, { say }) => {
    const { status, message } = input.parse(raw);
    if (status === 'failed') {
      return failed(
        new WwiseFlowError('RUN_ENDED', message ?? 'The workflow ended the run here.', {
          hint: 'The author of the workflow wants it so: look at what leads to this node.',
        }),
      );
    }
    if (message !== undefined) say(message);
    return done({ status, message: message ?? null });
  },
} satisfies OwnKind);
