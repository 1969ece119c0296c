import type { Plan, PlanNode } from '../plan.ts';

/** Whether a node goes through the undo history of Wwise itself, which Wwise refuses while an undo group is open. */
export function isHistoryNode({ command, input }: Pick<PlanNode, 'command' | 'input'>): boolean {
  if (command === 'undo' || command === 'redo') return true;
  return command === 'waapi_call' && (input.uri === `${history}undo` || input.uri === `${history}redo`);
}

const history = 'ak.wwise.core.undo.';

/** What a reader of a plan must know when such nodes keep the run from being one undo step. */
export function undoStepWarnings(nodes: readonly PlanNode[], onError: Plan['onError'] | 'stop'): string[] {
  const splitting = nodes.filter(isHistoryNode).map(({ id }) => id);
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
