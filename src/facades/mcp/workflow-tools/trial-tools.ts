import { z } from 'zod';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';
import { libraryFields, workflowAgain } from './workflow-fields.ts';

const modeField = z
  .enum(['preview', 'demo', 'run'])
  .default('preview')
  .describe(
    'preview: on a copy of the project, nobody outside is asked. demo: nodes give their mocks. run: for real.',
  );

/** A list of objects is what flows most; other lists come as they are within an object. */
const anyValue = z.union([
  z.record(z.string(), z.json()),
  z.array(z.union([z.record(z.string(), z.json()), z.string(), z.number(), z.boolean()])),
  z.string(),
  z.number(),
  z.boolean(),
]);

const inputField = z.record(z.string(), z.json());

const variantField = z
  .strictObject({ workflow: workflowAgain().optional(), ...libraryFields })
  .describe('A workflow, or a workflowId of the library with a version.');

/** Trying parts of workflows before they are run. */
export const trialTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_test_node',
    title: 'Test node',
    description:
      'Try one node alone on a value, to see what it gives, costs and takes before it stands in a workflow. For a whole ' +
      'workflow use workflow_run with mode preview.',
    effect: 'destroy',
    hints: { idempotent: false },
    input: z.strictObject({
      type: z.string().min(1).max(100).describe('One of workflow_node_types.'),
      data: inputField.default({}).describe('Its data, as in a workflow; {{ input.x }} reads what flows in.'),
      flow: anyValue.optional().describe('What flows in: an object, a list, or another value.'),
      options: inputField.optional().describe('More of the node: outputSchema, retry, mock, cost.'),
      mode: modeField,
    }),
    output: z.looseObject({ type: z.string(), state: z.enum(['done', 'failed', 'notExecuted']) }),
    run: async (test, { service, signal, caller }) => (await service()).testNode({ ...test, signal, caller }),
  }),
  defineTool({
    name: 'workflow_compare',
    title: 'Compare workflows',
    description:
      'Try two variants of a workflow on one input and show in what they differ: results, changes, costs, time. For what ' +
      'one of them does use workflow_run with mode preview.',
    effect: 'destroy',
    hints: { idempotent: false },
    input: z.strictObject({
      a: variantField,
      b: variantField,
      input: inputField.optional().describe('Values of the inputs of both, by name.'),
      mode: modeField,
    }),
    output: z.looseObject({
      isSame: z.boolean(),
      a: z.looseObject({}),
      b: z.looseObject({}),
      nodes: z.array(z.looseObject({ node: z.string() })),
      objects: z.array(z.looseObject({ path: z.string() })),
    }),
    run: async (variants, { service, signal, caller }) =>
      (await service()).compare({ ...variants, signal, caller }),
  }),
];
