import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { jsonSchema } from './conditions/json-value.ts';
import type { OwnKind } from './node-kind.ts';

/** What a node that stands for a whole workflow takes. */
export const subworkflowInput = z.strictObject({
  workflow: z
    .string()
    .min(1)
    .optional()
    .describe('The workflowId of a workflow of the library or an example, or a name that only one has.'),
  version: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Its version. Default: the newest, which the plan then keeps.'),
  input: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('Values for the inputs it declares, by name: mostly references. Defaults are its own.'),
  nodes: z
    .array(z.record(z.string(), jsonSchema))
    .optional()
    .describe(
      'Instead of "workflow": its nodes. They see its inputs and each other, and nothing around them.',
    ),
  edges: z
    .array(z.record(z.string(), jsonSchema))
    .optional()
    .describe('With "nodes": the edges between them.'),
  inputs: z
    .record(z.string(), jsonSchema)
    .optional()
    .describe('With "nodes": the inputs they read as "$input:name", declared as in a workflow.'),
  output: jsonSchema
    .optional()
    .describe(
      'What it gives, with references to its nodes: an object by name, any other value as "output". ' +
        'Default: what the last of its nodes gave.',
    ),
});

/** Executes a whole workflow as a part of another one. */
export const subworkflow: OwnKind = Object.freeze({
  type: 'subworkflow',
  aliases: ['subWorkflow', 'sub_workflow'],
  title: 'Sub-workflow',
  description:
    'Execute a workflow of the library, or one that is written here, as a part of this one, with inputs of its own. Its nodes are ' +
    'compiled with the workflow and become nodes of the run, as "sub.step".',
  toolset: 'flow',
  effect: 'none',
  input: subworkflowInput,
  output: z.looseObject({}).describe('What "output" says, or what the last node gave.'),
  ports: ['error'],
  body: 'once',
  replay: 'again',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Greet by a sub-graph with an input of its own',
      workflow: {
        nodes: [
          {
            id: 'greeting',
            type: 'subworkflow',
            data: {
              inputs: { name: { type: 'string' } },
              nodes: [{ id: 'hello', type: 'say', data: { text: 'Hello $input:name' } }],
              input: { name: 'Ada' },
            },
          },
          { id: 'end', type: 'say', data: { text: 'Said: $from:greeting:$output:text' } },
        ],
      },
    },
  ],
  run: async () => {
    throw new WwiseFlowError('INTERNAL', 'A sub-workflow is executed by its nodes.', {
      hint: 'Report this: it is a defect.',
    });
  },
} satisfies OwnKind);
