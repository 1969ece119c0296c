import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { below } from '../document/json-pointer.ts';
import { isResolvedLater } from '../expressions/resolved-later.ts';
import { showValue } from '../runtime/values/show-value.ts';
import { jsonSchema } from './conditions/json-value.ts';
import type { OwnKind } from './node-kind.ts';

/** More items than this are a mistake, or a job for several runs. */
export const MOST_ITEMS = 100_000;

/** What a loop takes, its own nodes aside. */
export const forEachInput = z.strictObject({
  items: z
    .array(jsonSchema)
    .describe(
      `The list: mostly a reference or an expression. At most ${MOST_ITEMS.toLocaleString('en')} items.`,
    ),
  nodes: z
    .array(z.record(z.string(), jsonSchema))
    .optional()
    .describe(
      'Needed. The nodes to execute for each item, written as in a workflow. They read it as {{ item }} and {{ index }}, or as ' +
        '"$from:<id of the loop>:$output:item", each other by id, and nodes around the loop.',
    ),
  edges: z.array(z.record(z.string(), jsonSchema)).optional().describe('The edges between those nodes.'),
  output: jsonSchema
    .optional()
    .describe('What an item gives, with references to its nodes. Default: what the last of its nodes gave.'),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .optional()
    .describe(
      'Items that may be under way at once; 1: one after the other. Default: all, step by step, so that they share calls.',
    ),
  limit: z.number().int().min(1).max(MOST_ITEMS).optional().describe('Only the first so many items.'),
  sample: z
    .number()
    .int()
    .min(1)
    .max(MOST_ITEMS)
    .optional()
    .describe('Only so many items, evenly spread over the list: to try it out.'),
  onItemError: z
    .enum(['stop', 'continue'])
    .default('stop')
    .describe('continue: an item that fails is listed in "failed", and the others go on.'),
});

/** Executes a sub-graph for each item of a list. */
export const forEach: OwnKind = Object.freeze({
  type: 'for_each',
  aliases: ['forEach', 'loop'],
  title: 'For each',
  description:
    'Execute nodes for each item of a list that is known when its turn comes. Each becomes a node of the run of its own, as ' +
    '"loop[3].step", and shares calls with its likes. Loops may hold loops.',
  toolset: 'flow',
  effect: 'none',
  input: forEachInput,
  output: z.object({
    items: z
      .array(z.json())
      .describe('What each item gave, in order; null for one that failed or gave nothing.'),
    count: z.number().describe('How many items there were.'),
    failed: z
      .array(z.object({ index: z.number(), node: z.string(), code: z.string(), error: z.string() }))
      .describe('The items that failed, with the node that did.'),
  }),
  ports: ['error'],
  body: 'loop',
  replay: 'again',
  waapiCalls: 0,
  isReadBack: false,
  examples: [
    {
      title: 'Say each name, in capitals',
      workflow: {
        inputs: { names: { type: 'array', default: ['hit', 'miss'] } },
        nodes: [
          {
            id: 'each',
            type: 'forEach',
            data: {
              items: '$input:names',
              nodes: [{ id: 'name', type: 'say', data: { text: '{{ index + 1 }}: {{ item }}' } }],
            },
          },
          { id: 'end', type: 'say', data: { text: 'Said $from:each:$output:count names' } },
        ],
      },
    },
  ],
  check: ({ id, input, dataPointer }, graph) => {
    for (const name of ['concurrency', 'onItemError']) {
      const value = input[name];
      if (typeof value !== 'string' || !isResolvedLater(value)) continue;
      graph.report({
        code: 'WORKFLOW_INVALID',
        message: `Node ${id} (for_each): "${name}" is needed before the run, so it cannot be ${showValue(value)}.`,
        pointer: below(dataPointer, name),
        node: id,
        expected: 'the value itself',
      });
    }
  },
  run: async () => {
    throw new WwiseFlowError('INTERNAL', 'A loop is executed by its nodes.', {
      hint: 'Report this: it is a defect.',
    });
  },
} satisfies OwnKind);
