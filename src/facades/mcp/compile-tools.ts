import { z } from 'zod';
import { success } from '../../bus/result.ts';
import { compileWorkflow } from '../../workflow/compile.ts';
import { nodeTypes } from '../../workflow/node-types.ts';
import { showPlan } from '../../workflow/show-plan.ts';
import { defineTool, type WorkflowTool } from './define-tool.ts';
import { workflowField } from './workflow-fields.ts';

/** What can be asked before anything runs. */
export const compileTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_node_types',
    title: 'Workflow node types',
    description:
      'List the node types a workflow can be made of, with their inputs, outputs and what is wired automatically; call ' +
      'it before writing a workflow. It reads nothing from the project: use query_waql for that.',
    effect: 'read',
    input: z.strictObject({}),
    output: z.object({ nodeTypes: z.array(z.looseObject({})) }),
    run: async (_input, { bus }) => success({ nodeTypes: nodeTypes(bus.commands) }),
  }),
  defineTool({
    name: 'workflow_compile',
    title: 'Compile workflow',
    description:
      'Compile a workflow and show its plan, to check it before workflow_run: the order, every input that was wired ' +
      'automatically, every ordering edge that was added, the WAAPI calls. Changes nothing and does not look into the ' +
      'project: for what it would do there use workflow_run with mode preview. Every problem is reported at once with a ' +
      'JSON pointer and often a suggestion.',
    effect: 'read',
    input: z.strictObject({
      workflow: workflowField(),
      cursor: z
        .string()
        .max(40)
        .optional()
        .describe('Of a long plan: a cursor that an answer named, e.g. nodes:50.'),
    }),
    output: z.looseObject({
      planHash: z.string(),
      order: z.array(z.string()),
      waves: z.array(z.array(z.string())),
      nodes: z.array(z.looseObject({ id: z.string() })),
      addedEdges: z.array(z.looseObject({ source: z.string(), target: z.string() })),
      waapiCalls: z.number(),
      warnings: z.array(z.string()),
    }),
    run: async ({ workflow, cursor }, { bus }) => success(showPlan(compileWorkflow(workflow, bus), cursor)),
  }),
];
