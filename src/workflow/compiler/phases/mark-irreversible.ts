import type { AnyCommand } from '../../../bus/command.ts';
import { irreversibleBecause } from '../../../bus/declared.ts';
import type { Irreversible, PlanNode } from '../plan.ts';

/** The nodes whose effect outlives every undo, each with the reason that its command declares. In plan order. */
export function markIrreversible(
  nodes: readonly PlanNode[],
  commandOf: (node: PlanNode) => AnyCommand | undefined,
): Irreversible[] {
  const irreversible: Irreversible[] = [];
  for (const node of nodes) {
    const command = commandOf(node);
    const why = command === undefined ? undefined : irreversibleBecause(command, node.input);
    if (why !== undefined) irreversible.push({ node: node.id, why });
  }
  return irreversible;
}
