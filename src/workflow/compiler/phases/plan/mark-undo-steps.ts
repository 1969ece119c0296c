import type { NodeKind } from '../../../nodes/node-kind.ts';
import type { Plan, PlanNode } from '../../plan.ts';

/** What a reader of a plan must know when such nodes keep the run from being one undo step. */
export function undoStepWarnings(
  nodes: readonly PlanNode[],
  onError: Plan['onError'] | 'stop',
  kindOf: (node: PlanNode) => NodeKind | undefined,
): string[] {
  const splitting = nodes
    .filter((node) => kindOf(node)?.endsUndoStep?.(node.input) === true)
    .map(({ id }) => id);
  if (splitting.length === 0) return [];
  const [first] = splitting;
  const which = splitting.length === 1 ? `${first} goes` : `${splitting.join(', ')} go`;
  const then =
    onError === 'rollback'
      ? 'A rollback rolls back node by node what is not in the last step.'
      : 'Undo it step by step.';
  return [
    `${which} through the undo history: the run is not one undo step, but one for all changes before each such node and one for those after. ${then}`,
  ];
}
