import { z } from 'zod';
import { WwiseFlowError } from '../../base/errors.ts';
import type { WorkflowDesk } from '../../workflow/desk.ts';
import { findWorkflow } from '../../workflow/find-workflow.ts';

/**
 * The document itself is checked by the compiler, which reports every problem at once and also takes the document as JSON
 * text, as some clients send it. The schema is what an agent needs to write one; all of it is in wwiseflow://workflow-schema.
 */
export function workflowField(): z.ZodType {
  return z
    .unknown()
    .refine((value) => value !== undefined, 'A workflow document')
    .meta({
      description: 'React Flow JSON. "$from:NODE:$output:FIELD" in data refers to an earlier output.',
      type: 'object',
      properties: {
        workflowId: {
          type: 'string',
          description: 'Keep it when you correct and run again: finished nodes are recognised.',
        },
        inputs: { type: 'object', description: 'Declared inputs; read in data as "$input:NAME".' },
        nodes: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              type: { type: 'string', description: 'From workflow_node_types, e.g. createSound.' },
              data: {
                type: 'object',
                description: 'Inputs. A required one may be left out if an earlier node provides it.',
              },
            },
            required: ['id', 'type'],
          },
        },
        edges: {
          type: 'array',
          items: {
            type: 'object',
            properties: { source: { type: 'string' }, target: { type: 'string' } },
            required: ['source', 'target'],
          },
        },
      },
      required: ['nodes'],
    });
}

/** The same field where the workflow may also come from the library; what it looks like is told by workflow_compile. */
export function optionalWorkflow(): z.ZodType {
  return z
    .unknown()
    .optional()
    .meta({ description: 'A workflow document, as workflow_compile takes it.', type: 'object' });
}

export const libraryFields = {
  workflowId: z.string().min(1).max(128).optional().describe('Instead of workflow: one of workflow_list.'),
  version: z.int().min(1).optional().describe('With workflowId: a version other than the newest.'),
};

export const executionIdField = z.string().min(1).max(100).describe('The executionId a run gave.');

export const forceField = z
  .union([z.boolean(), z.array(z.string())])
  .optional()
  .describe('True: do every node again whatever the memo holds. A list of node ids: only these.');

/** How long a call waits for a run before it gives a handle, in milliseconds: about what clients are patient for. */
export const PATIENCE_MS = 20_000;

export const waitField = z
  .int()
  .min(0)
  .max(600_000)
  .default(PATIENCE_MS)
  .describe('Milliseconds to wait for the end before a handle is given, 0 to 600,000; the run goes on then.');

interface WorkflowChoice {
  readonly workflow?: unknown;
  readonly workflowId?: string | undefined;
  readonly version?: number | undefined;
}

/** The document a call means, or undefined when it names none. Throws INVALID_INPUT when it names two. */
export function documentOf({ workflow, workflowId, version }: WorkflowChoice, desk: WorkflowDesk): unknown {
  if (workflow !== undefined && workflowId !== undefined) {
    throw new WwiseFlowError('INVALID_INPUT', 'workflow and workflowId exclude each other.', {
      hint: 'Give the document itself as workflow, or the id of one in the library as workflowId.',
    });
  }
  return workflowId === undefined ? workflow : findWorkflow(desk, workflowId, version).document;
}

/** Like documentOf, where there must be one. */
export function neededDocument(choice: WorkflowChoice, desk: WorkflowDesk): unknown {
  const document = documentOf(choice, desk);
  if (document !== undefined) return document;
  throw new WwiseFlowError('INVALID_INPUT', 'There is neither a workflow nor a workflowId.', {
    hint: 'Give the document as workflow, or the id of one in the library as workflowId.',
  });
}
