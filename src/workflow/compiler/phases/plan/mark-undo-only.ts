import { textReads } from '../../../expressions/text-reads.ts';
import { isChangingEffect, type NodeKind } from '../../../nodes/node-kind.ts';
import type { Irreversible, PlanNode } from '../../plan.ts';

/**
 * The nodes whose effect only an undo rolls back, each with the reason. A run that is the last step of the undo history
 * is undone; once others have changed something it is rolled back node by node, and these stay. In plan order, in steps.
 */
export function* markUndoOnly(
  nodes: readonly PlanNode[],
  kindOf: (node: PlanNode) => NodeKind | undefined,
): Generator<void, Irreversible[]> {
  const made = new Set<string>();
  const undoOnly: Irreversible[] = [];
  for (const node of nodes) {
    if (!isChangingEffect(node.effect)) continue;
    yield;
    const why = reasonOf(node, kindOf(node), made);
    if (why !== undefined) undoOnly.push({ node: node.id, why });
    else if (node.effect === 'create') made.add(node.id);
  }
  return undoOnly;
}

function reasonOf(
  { effect, input, wiring, inputFrom }: PlanNode,
  kind: NodeKind | undefined,
  made: ReadonlySet<string>,
): string | undefined {
  // Changes of what the run itself made go when that is deleted.
  const isOfRun =
    effect === 'update' &&
    wiring.some(({ from }) => textReads(from, inputFrom).outputs.some((id) => made.has(id)));
  if (isOfRun || kind?.revert === undefined) return undefined;
  if ('never' in kind.revert) return kind.revert.never;
  return effect === 'create' && kind.replaces?.(input) === true
    ? 'What it may replace comes back only where the back-end reverts calls, or by an undo.'
    : undefined;
}
