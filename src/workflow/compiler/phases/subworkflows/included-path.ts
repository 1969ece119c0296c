import type { Draft } from '../draft.ts';
import type { IncludedStep } from './inclusion.ts';

/** The workflows around the nodes of a draft, from the outside. */
export function includedPath({ inclusion, workflow }: Draft): readonly IncludedStep[] {
  return inclusion.path ?? [{ label: workflow.workflowId, workflowId: workflow.workflowId }];
}
