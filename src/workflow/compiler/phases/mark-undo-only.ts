import { parseReferences } from '../../expressions/reference.ts';
import { changesProject, type NodeKind } from '../../nodes/node-kind.ts';
import type { Irreversible, PlanNode } from '../plan.ts';

/**
 * The nodes whose effect only Undo in Wwise takes back, each with the reason. A run that is the last step of Wwise's history
 * is undone; once others have changed something it is taken back node by node, and these stay. In plan order.
 */
export function markUndoOnly(
  nodes: readonly PlanNode[],
  kindOf: (node: PlanNode) => NodeKind | undefined,
): Irreversible[] {
  const made = new Set<string>();
  const undoOnly: Irreversible[] = [];
  for (const node of nodes) {
    if (!changesProject(node.effect)) continue;
    const why = reasonOf(node, kindOf(node), made);
    if (why !== undefined) undoOnly.push({ node: node.id, why });
    else if (node.effect === 'create') made.add(node.id);
  }
  return undoOnly;
}

function reasonOf(
  { effect, input, wiring }: PlanNode,
  kind: NodeKind | undefined,
  made: ReadonlySet<string>,
): string | undefined {
  // Changes of what the run itself made go when that is deleted.
  const isOfRun = effect === 'update' && wiring.some(({ from }) => readsOneOf(from, made));
  if (isOfRun || kind?.revert === undefined) return undefined;
  if ('never' in kind.revert) return kind.revert.never;
  const { onNameConflict, importOperation } = input;
  return effect === 'create' && (onNameConflict === 'replace' || importOperation === 'replaceExisting')
    ? 'What it may replace comes back through Undo in Wwise only.'
    : undefined;
}

function readsOneOf(reference: string, nodes: ReadonlySet<string>): boolean {
  return (parseReferences(reference) ?? []).some(
    ({ target }) => target?.kind === 'output' && nodes.has(target.node),
  );
}
