import { z } from 'zod';

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
        'output, "$input:NAME" a declared input, "{{ CEL }}" computes: nodes.NODE.FIELD, vars.X. Keep workflowId when you correct and run again.',
      type: 'object',
    });
}

/** The same field where workflow_compile, which is offered wherever workflows are, has said what it looks like. */
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

export const previewIdField = z.string().min(1).max(100).describe('Of workflow_run.');

export const forceField = z
  .union([z.boolean(), z.array(z.string())])
  .optional()
  .describe('Ignore the memo: all or these nodes.');

/** How long a call waits for a run before it gives a handle, in milliseconds: about what clients are patient for. */
export const PATIENCE_MS = 20_000;

export const waitField = z
  .int()
  .min(0)
  .max(600_000)
  .default(PATIENCE_MS)
  .describe('Then a handle; the run goes on.');
