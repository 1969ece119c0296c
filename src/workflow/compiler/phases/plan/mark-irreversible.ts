import type { NodeKind } from '../../../nodes/node-kind.ts';
import type { Irreversible, PlanNode } from '../../plan.ts';

/** The nodes whose effect outlives every undo, each with the reason that its kind declares. In plan order. */
export function markIrreversible(
  nodes: readonly PlanNode[],
  kindOf: (node: PlanNode) => NodeKind | undefined,
): Irreversible[] {
  const irreversible: Irreversible[] = [];
  for (const node of nodes) {
    const why = kindOf(node)?.irreversible?.(node.input);
    if (why !== undefined) irreversible.push({ node: node.id, why });
  }
  return irreversible;
}
