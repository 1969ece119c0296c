import { z } from 'zod';
import { defineTool, type WorkflowTool } from '../define-tool.ts';
import { workflowField } from './workflow-fields.ts';

/** What can be asked before anything runs. */
export const compileTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_node_types',
    title: 'Workflow node types',
    description:
      'List the steps a workflow can be made of. Call it before writing one: first for the names, then with types for ' +
      'inputs, outputs and wiring.',
    effect: 'read',
    input: z.strictObject({
      types: z
        .array(z.string().min(1).max(100))
        .min(1)
        .max(100)
        .optional()
        .describe('All about these types or toolsets.'),
      cursor: z.string().max(40).optional().describe('Next page.'),
    }),
    output: z.looseObject({
      nodeTypes: z.array(z.looseObject({ type: z.string() })),
      total: z.number(),
      cursor: z.string().nullable(),
    }),
    run: async (input, { service }) => (await service()).nodeTypes(input),
  }),
  defineTool({
    name: 'workflow_compile',
    title: 'Compile workflow',
    description:
      'Compile a workflow and show its plan before workflow_run: order, automatic wiring, added edges, ' +
      'WAAPI calls. Every problem is reported at once, with a JSON pointer. To try it on the project ' +
      'use workflow_run with mode preview.',
    effect: 'read',
    input: z.strictObject({
      workflow: workflowField(),
      cursor: z.string().max(40).optional().describe('One that an answer named.'),
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
    run: async (input, { service }) => (await service()).showPlan(input),
  }),
];
