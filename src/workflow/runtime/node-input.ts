import type { Json } from '../../core/json.ts';
import type { Plan, PlanNode } from '../compiler/plan.ts';
import { parseReferences } from '../expressions/reference.ts';
import { resolveReferences, type Values } from '../expressions/resolve.ts';

/** The input with the values its references stand for. Throws UNRESOLVED_REFERENCE. */
export function resolveInput(node: PlanNode, values: Values): Json {
  return node.wiring.length === 0 ? node.input : resolveReferences(node.input, values);
}

/** The nodes whose outputs it reads. */
export function readsOf({ wiring }: PlanNode): readonly string[] {
  return wiring.flatMap(({ from }) =>
    (parseReferences(from) ?? []).flatMap(({ target }) => (target?.kind === 'output' ? [target.node] : [])),
  );
}

/** Whose the memo entries of a node are: two nodes of a workflow may do the same without being one. */
export function scopeOf(plan: Plan, node: PlanNode): string {
  return `${plan.workflowId}/${node.id}`;
}
