import type { Json } from '../../../core/json.ts';
import type { Plan, PlanNode } from '../../compiler/plan.ts';
import { resolveReferences, type Values, withinBudget } from '../../expressions/resolve.ts';
import { type TextReads, textReads } from '../../expressions/text-reads.ts';
import { idInRun, loopScopeOf, valuesOfItem } from '../loops/loop-scope.ts';

/** The input with the values its references and expressions stand for. Throws UNRESOLVED_REFERENCE, INVALID_INPUT. */
export function resolveInput(node: PlanNode, values: Values): Json {
  if (node.wiring.length === 0) return node.input;
  const given = values.around.budget === undefined ? withinBudget(values) : values;
  return resolveReferences(node.input, seenFrom(node, given), node.inputFrom);
}

/** Values as a node sees them: inside of a loop by the ids that its nodes have there. */
export function seenFrom(node: PlanNode, values: Values): Values {
  const scope = loopScopeOf(node);
  return scope === undefined ? values : valuesOfItem(scope, values);
}

/** The nodes whose outputs it reads. */
export function readsOf(node: PlanNode): readonly string[] {
  return namedBy(
    node,
    allReadsOf(node).flatMap(({ outputs }) => outputs),
  );
}

/** Those of them without whose outputs it cannot be executed. */
export function needsOf(node: PlanNode): readonly string[] {
  return namedBy(
    node,
    allReadsOf(node).flatMap(({ needed }) => needed),
  );
}

/** The ids in the run of what a node names; a loop around it gives it the item, and is no node it reads. */
function namedBy(node: PlanNode, names: readonly string[]): readonly string[] {
  const scope = loopScopeOf(node);
  return scope === undefined ? names : names.flatMap((name) => idInRun(scope, name) ?? []);
}

/** What it reads, by the texts of its wiring. */
export function allReadsOf({ wiring, inputFrom }: PlanNode): readonly TextReads[] {
  return wiring.map(({ from }) => textReads(from, inputFrom));
}

/** Whose the memo entries of a node are: two nodes of a workflow may do the same without being one. */
export function scopeOf(plan: Plan, node: PlanNode): string {
  return `${plan.workflowId}/${node.id}`;
}
