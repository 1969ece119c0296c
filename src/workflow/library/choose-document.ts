import { WwiseFlowError } from '../../core/errors.ts';
import type { Plan } from '../compiler/plan.ts';
import { findWorkflow, type WorkflowSources } from './find-workflow.ts';

/** Which workflow a request means: one of these. */
export interface WorkflowChoice {
  /** One that was compiled before. */
  readonly plan?: Plan | undefined;
  /** The document itself, as JSON or as its text. */
  readonly workflow?: unknown;
  /** One of the library, or an example. */
  readonly workflowId?: string | undefined;
  /** Of the library. Default: the newest. */
  readonly version?: number | undefined;
}

/** The document a request means. Rejects with INVALID_INPUT when it names none or two, with WORKFLOW_NOT_FOUND. */
export async function chosenDocument(
  { workflow, workflowId, version }: WorkflowChoice,
  sources: WorkflowSources,
): Promise<unknown> {
  if (workflow !== undefined && workflowId !== undefined) {
    throw new WwiseFlowError('INVALID_INPUT', 'workflow and workflowId exclude each other.', {
      hint: 'Give the document itself as workflow, or the id of one in the library as workflowId.',
    });
  }
  if (workflow !== undefined) return workflow;
  if (workflowId !== undefined) return (await findWorkflow(sources, workflowId, version)).document;
  throw new WwiseFlowError('INVALID_INPUT', 'There is neither a workflow nor a workflowId.', {
    hint: 'Give the document as workflow, or the id of one in the library as workflowId.',
  });
}
