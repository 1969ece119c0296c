import type { ObjectNode } from '../index/object-node.ts';
import { propertyElement } from '../reading/read-properties.ts';
import { referenceElement } from '../reading/read-references.ts';
import { removeAndPrune } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';

/** Up to 2022.1 an object had room for four effects. */
export const fourEffectSlots: readonly number[] = [0, 1, 2, 3];

/** What each slot is written as: a reference and two flags. */
export function effectMembers(slot: number): {
  readonly reference: string;
  readonly flags: readonly string[];
} {
  return { reference: `Effect${slot}`, flags: [`BypassEffect${slot}`, `RenderEffect${slot}`] };
}

/** Takes all four effects away, with their flags. */
export function removeFourEffects(log: EditLog, owner: ObjectNode): void {
  for (const { reference, flags } of fourEffectSlots.map(effectMembers)) {
    const effect = referenceElement(owner, reference);
    if (effect !== undefined) removeAndPrune(log, effect);
    for (const flag of flags) {
      const written = propertyElement(owner, flag);
      if (written !== undefined) removeAndPrune(log, written);
    }
  }
}
