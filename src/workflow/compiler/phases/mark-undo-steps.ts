import type { AnyCommand } from '../../../bus/command.ts';
import { endsUndoStep } from '../../../bus/declared.ts';
import type { Plan, PlanNode } from '../plan.ts';

/** What a reader of a plan must know when such nodes keep the run from being one undo step. */
export function undoStepWarnings(
  nodes: readonly PlanNode[],
  onError: Plan['onError'] | 'stop',
  commandOf: (node: PlanNode) => AnyCommand | undefined,
): string[] {
  const splitting = nodes.filter((node) => endsUndoStep(commandOf(node), node.input)).map(({ id }) => id);
  if (splitting.length === 0) return [];
  const [first] = splitting;
  const which = splitting.length === 1 ? `${first} goes` : `${splitting.join(', ')} go`;
  const then =
    onError === 'rollback'
      ? 'A rollback takes back node by node what is not in the last step.'
      : 'Undo it step by step.';
  return [
    `${which} through the undo history: the run is not one undo step, but one for all changes before each such node and one for those after. ${then}`,
  ];
}
