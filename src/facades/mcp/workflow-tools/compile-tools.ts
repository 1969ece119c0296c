import { z } from 'zod';
import { pageInput } from '../../../core/answers/page.ts';
import { defineTool, type WorkflowTool } from '../tools/define-tool.ts';
import { libraryFields, workflowAgain, workflowField } from './workflow-fields.ts';

/** What can be asked before anything runs. */
export const compileTools: readonly WorkflowTool[] = [
  defineTool({
    name: 'workflow_node_types',
    title: 'Workflow node types',
    description:
      'List the steps a workflow can be made of. Call it before writing one: first for the names, then with a toolset for ' +
      'signatures, or types for details.',
    effect: 'read',
    input: z.strictObject({
      toolset: z.string().min(1).max(100).optional().describe('Its signatures.'),
      types: z.array(z.string().min(1).max(100)).min(1).max(100).optional().describe('All about these.'),
      cursor: pageInput.cursor,
    }),
    output: z.looseObject({
      toolsets: z.array(z.looseObject({ toolset: z.string() })).optional(),
      signatures: z.array(z.string()).optional(),
      nodeTypes: z.array(z.looseObject({ type: z.string() })).optional(),
      total: z.number(),
      cursor: z.string().nullable(),
    }),
    run: async (input, { service }) => (await service()).nodeTypes(input),
  }),
  defineTool({
    name: 'workflow_compile',
    title: 'Compile workflow',
    description:
      'Compile a workflow and show its plan: order, wiring, added edges, every problem at once. To try it use ' +
      'workflow_run with mode preview.',
    effect: 'read',
    input: z.strictObject({
      workflow: workflowField(),
      cursor: pageInput.cursor.describe('One that an answer named.'),
      mermaid: z.boolean().optional().describe('As a picture.'),
    }),
    output: z.looseObject({
      mermaid: z.string().optional(),
      waves: z.array(z.array(z.string())).optional(),
      nodes: z.array(z.looseObject({ id: z.string() })).optional(),
      addedEdges: z.array(z.looseObject({ source: z.string(), target: z.string() })).optional(),
      warnings: z.array(z.string()).optional(),
    }),
    run: async (input, { service, verbose }) => (await service()).showPlan({ ...input, verbose }),
  }),
  defineTool({
    name: 'workflow_explain',
    title: 'Explain workflow',
    description:
      'Say in plain sentences what a workflow does, for a person who is to agree to it: changes, questions, inputs, each step. ' +
      'For order and wiring use workflow_compile.',
    effect: 'read',
    input: z.strictObject({
      workflow: workflowAgain().optional(),
      ...libraryFields,
      cursor: pageInput.cursor,
    }),
    output: z.looseObject({
      workflowId: z.string(),
      about: z.array(z.string()).optional(),
      inputs: z.array(z.string()).optional(),
      steps: z.array(z.string()),
      cursor: z.string().nullable(),
    }),
    run: async (input, { service }) => (await service()).explain(input),
  }),
];
