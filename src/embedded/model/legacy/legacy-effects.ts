import type { ObjectNode } from '../object-node.ts';
import { propertyElement } from '../reading/read-properties.ts';
import { referenceElement } from '../reading/read-references.ts';
import { removeAndPrune } from '../sections.ts';
import type { EditLog } from '../writing/edit-log.ts';

/** Up to 2022.1 an object had room for four effects. */
export const effectPlaces: readonly number[] = [0, 1, 2, 3];

/** What each place is written as: a reference and two flags. */
export function effectMembers(place: number): {
  readonly reference: string;
  readonly flags: readonly string[];
} {
  return { reference: `Effect${place}`, flags: [`BypassEffect${place}`, `RenderEffect${place}`] };
}

/** Takes all four effects away, with their flags. */
export function removeFourEffects(log: EditLog, owner: ObjectNode): void {
  for (const { reference, flags } of effectPlaces.map(effectMembers)) {
    const effect = referenceElement(owner, reference);
    if (effect !== undefined) removeAndPrune(log, effect);
    for (const flag of flags) {
      const written = propertyElement(owner, flag);
      if (written !== undefined) removeAndPrune(log, written);
    }
  }
}
