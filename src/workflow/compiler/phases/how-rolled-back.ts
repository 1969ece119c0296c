import type { AnyCommand } from '../../../bus/command.ts';
import type { HowRolledBack, PlanNode } from '../plan.ts';

/** By command, in plan order, how a rollback takes its nodes back once others have changed the project, or why it does not. */
export function howRolledBack(
  nodes: readonly PlanNode[],
  commandOf: (node: PlanNode) => AnyCommand | undefined,
): readonly HowRolledBack[] {
  const commands = new Map(nodes.map((node) => [node.command, commandOf(node)]));
  return [...commands].flatMap(([command, known]) =>
    known?.revert === undefined ? [] : [{ command, ...known.revert }],
  );
}
