import { isChangingEffect } from '../../../nodes/node-kind.ts';
import type { Draft, DraftNode } from '../draft.ts';

/**
 * The calls of the back-end that a run takes when nothing is remembered, nothing is split and no item is looped over: those of
 * its nodes, and those that begin and end its undo groups.
 */
export function callsOfRun(draft: Draft): number {
  return callsOfNodes(draft) + undoGroups(draft) * callsOfGroup;
}

/** The same inside a node, whose changes belong to the undo group of the run. */
export function callsOfNodes({ order, nodes, units }: Draft): number {
  const batched = units.filter(({ nodeIndexes }) => nodeIndexes.length > 1);
  const together = new Set(batched.flatMap(({ nodeIndexes }) => nodeIndexes));
  const alone = [...order].filter((index) => !together.has(index));
  return (
    batched.reduce((sum, { calls }) => sum + calls.length, 0) +
    alone.reduce((sum, index) => sum + callsOf(nodes[index]), 0)
  );
}

function callsOf(node: DraftNode | undefined): number {
  if (node?.body !== undefined && node.shape?.kind.body === 'once') return callsOfNodes(node.body);
  const { waapiCalls = 1 } = node?.shape?.kind ?? {};
  return typeof waapiCalls === 'number' ? waapiCalls : waapiCalls(node?.input ?? {});
}

/** To begin one and to end it. */
const callsOfGroup = 2;

/**
 * One for all changes between nodes that go through the undo history themselves, and one in it for each further unit of several
 * nodes, which is rolled back by itself when it fails.
 */
function undoGroups({ order, nodes, units }: Draft): number {
  const steps =
    units.length === 0 ? [...order].map((index) => [index]) : units.map(({ nodeIndexes }) => nodeIndexes);
  let groups = 0;
  let isOpen = false;
  for (const step of steps) {
    const some = step.flatMap((index) => nodes[index] ?? []);
    if (some.some(({ shape, input }) => shape?.kind.endsUndoStep?.(input) === true)) isOpen = false;
    else if (some.some(changes)) {
      if (!isOpen || step.length > 1) groups += 1;
      isOpen = true;
    }
  }
  return groups;
}

function changes({ shape, input, body, isOutside }: DraftNode): boolean {
  if (isOutside === true || shape === undefined) return false;
  const { kind } = shape;
  const isOwn = isChangingEffect(kind.effect) && kind.onlyShows?.(input) !== true;
  return isOwn || body?.nodes.some(changes) === true;
}
