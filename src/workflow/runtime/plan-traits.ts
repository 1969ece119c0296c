import type { PlanNode } from '../compiler/plan.ts';
import type { NodeKinds } from '../nodes/catalog.ts';

/** Whether a node, or one inside it, has to do with the project. */
export function looksAtProject({ effect, body }: PlanNode): boolean {
  return effect !== 'none' || body?.nodes.some(looksAtProject) === true;
}

/** Whether a node, or one inside it, goes through the undo history itself. */
export function splits({ kind, input, body }: PlanNode, kinds: NodeKinds): boolean {
  if (kinds.find(kind)?.endsUndoStep?.(input) === true) return true;
  return body?.nodes.some((node) => splits(node, kinds)) === true;
}
