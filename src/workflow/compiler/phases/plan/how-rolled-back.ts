import type { NodeKind } from '../../../nodes/node-kind.ts';
import type { HowRolledBack, PlanNode } from '../../plan.ts';

/** By kind, in plan order, how a rollback takes its nodes back once others have changed the project, or why it does not. */
export function howRolledBack(
  nodes: readonly PlanNode[],
  kindOf: (node: PlanNode) => NodeKind | undefined,
): readonly HowRolledBack[] {
  const kinds = new Map(nodes.map((node) => [node.kind, kindOf(node)]));
  return [...kinds].flatMap(([kind, known]) =>
    known?.revert === undefined ? [] : [{ kind, ...known.revert }],
  );
}
