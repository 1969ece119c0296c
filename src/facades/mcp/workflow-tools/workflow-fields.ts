import { z } from 'zod';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { WorkflowDesk } from '../../../workflow/desk.ts';
import { findWorkflow } from '../../../workflow/library/find-workflow.ts';

/**
 * The document itself is checked by the compiler, which reports every problem at once and also takes the document as JSON
 * text, as some clients send it. The schema is what an agent needs to write one; all of it is in wwiseflow://workflow-schema.
 */
export function workflowField(): z.ZodType {
  return z
    .unknown()
    .refine((value) => value !== undefined, 'A workflow document')
    .meta({
      description:
        'React Flow JSON: {workflowId?, inputs?, nodes: [{id, type, data}], edges: [{source, target}]}. type and its ' +
        'inputs (data): workflow_node_types; leave out what an earlier node provides; "$from:NODE:$output:FIELD" reads an ' +
        'output, "$input:NAME" a declared input. Keep workflowId when you correct and run again.',
      type: 'object',
    });
}

/** The same field where workflow_compile, which is offered wherever workflows are, has told what it looks like. */
export function workflowAgain(): z.ZodType {
  return z
    .unknown()
    .refine((value) => value !== undefined, 'A workflow document')
    .meta({ description: 'As workflow_compile takes it.', type: 'object' });
}

export const libraryFields = {
  workflowId: z.string().min(1).max(128).optional().describe('Or one of the library.'),
  version: z.int().min(1).optional().describe('Default: the newest.'),
};

export const executionIdField = z.string().min(1).max(100).describe('As a run gave it.');

export const forceField = z
  .union([z.boolean(), z.array(z.string())])
  .optional()
  .describe('Ignore the memo: for all (true) or these nodes.');

/** How long a call waits for a run before it gives a handle, in milliseconds: about what clients are patient for. */
const PATIENCE_MS = 20_000;

export const waitField = z
  .int()
  .min(0)
  .max(600_000)
  .default(PATIENCE_MS)
  .describe('Then give a handle; the run goes on.');

interface WorkflowChoice {
  readonly workflow?: unknown;
  readonly workflowId?: string | undefined;
  readonly version?: number | undefined;
}

/** The document a call means, or undefined when it names none. Throws INVALID_INPUT when it names two. */
async function documentOf(
  { workflow, workflowId, version }: WorkflowChoice,
  desk: WorkflowDesk,
): Promise<unknown> {
  if (workflow !== undefined && workflowId !== undefined) {
    throw new WwiseFlowError('INVALID_INPUT', 'workflow and workflowId exclude each other.', {
      hint: 'Give the document itself as workflow, or the id of one in the library as workflowId.',
    });
  }
  return workflowId === undefined ? workflow : (await findWorkflow(desk, workflowId, version)).document;
}

/** Like documentOf, where there must be one. */
export async function neededDocument(choice: WorkflowChoice, desk: WorkflowDesk): Promise<unknown> {
  const document = await documentOf(choice, desk);
  if (document !== undefined) return document;
  throw new WwiseFlowError('INVALID_INPUT', 'There is neither a workflow nor a workflowId.', {
    hint: 'Give the document as workflow, or the id of one in the library as workflowId.',
  });
}
