import { isChangingEffect, type NodeEffect } from '../../../nodes/node-kind.ts';
import { fenceArcs } from '../../graph/fences.ts';
import { type Draft, type DraftNode, nodeLabel } from '../draft.ts';

/**
 * Barriers and destroying nodes become fences: what is placed before one finishes first, what is placed after it waits.
 * Placed by the order that the links and then the document give, so a fence never contradicts an edge. Where the author's
 * edges already say so nothing is added.
 */
export function orderEffects(draft: Draft): void {
  const effect = (index: number): NodeEffect | undefined => draft.nodes[index]?.shape?.kind.effect;
  const isFence = (index: number) => effect(index) === 'barrier' || effect(index) === 'destroy';
  draft.effectArcs.push(...fenceArcs(draft.graph, draft.order, isFence));
  warnOfLateChanges(draft);
}

/** Nothing saves, or otherwise closes, what is changed after the last barrier: mostly an edge was forgotten. */
function warnOfLateChanges(draft: Draft): void {
  if (draft.effectArcs.length === 0) return;
  const inOrder = [...draft.order].map((index) => draft.nodes[index]).filter((node) => node !== undefined);
  const last = inOrder.findLastIndex((node) => isBarrier(node));
  const barrier = inOrder[last];
  if (barrier === undefined) return;
  const arcs = new Set(
    draft.effectArcs.filter(({ source }) => source === barrier.index).map(({ target }) => target),
  );
  for (const node of inOrder.slice(last + 1)) {
    if (!arcs.has(node.index) || !isChange(node)) continue;
    draft.warnings.push(
      `${nodeLabel(node)} changes the project after ${nodeLabel(barrier)}, because it is listed later and no edge orders the two. ` +
        `If ${barrier.id} must include the change, add an edge ${node.id} → ${barrier.id}.`,
    );
  }
}

/** What ends the run includes nothing. */
function isBarrier({ shape }: DraftNode): boolean {
  return shape?.kind.effect === 'barrier' && shape.kind.endsRun !== true;
}

function isChange({ shape }: DraftNode): boolean {
  return shape !== undefined && isChangingEffect(shape.kind.effect);
}
