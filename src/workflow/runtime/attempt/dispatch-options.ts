import type { DispatchOptions } from '../../../core/dispatch/bus.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { isChangingEffect } from '../../nodes/node-kind.ts';
import { loopsAround } from '../loops/unroll.ts';
import type { ImportNode } from '../originals/originals.ts';
import type { RunFrame } from '../run-frame.ts';
import { scopeOf } from '../values/node-input.ts';

/** `changed`: what the dispatch may change. A memo hit changes nothing, so this is looked at when something is about to be. */
export function optionsFor(
  node: PlanNode,
  frame: RunFrame,
  signal: AbortSignal | undefined,
  changed: readonly ImportNode[],
): DispatchOptions & { readonly scope: string; readonly forceRerun: boolean } {
  return {
    scope: scopeOf(frame.plan, node),
    forceRerun: isForced(node, frame),
    signal,
    caller: frame.caller ?? 'workflow',
    executionId: frame.executionId,
    onGatedWrites: (writes) => frame.gatedWrites.push(...writes),
    ...(isChangingEffect(node.effect)
      ? { beforeChange: beforeChangeOf(changed, frame), turn: frame.undoStep.turn }
      : {}),
  };
}

export function isForced(node: PlanNode, { isForced: asked, replanned }: RunFrame): boolean {
  if (asked(node.id) || replanned?.get(node.id)?.isForced === true) return true;
  return loopsAround(node).some(asked);
}

/** Opens the undo step, and keeps copies of the Originals that may be overwritten, before the first change. */
function beforeChangeOf(
  changed: readonly ImportNode[],
  { originals, undoStep }: RunFrame,
): () => Promise<number | undefined> {
  let watched: Promise<void> | undefined;
  return async () => {
    watched ??= originals.beforeImport(changed);
    await watched;
    return undoStep.open();
  };
}
