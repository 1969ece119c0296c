import { attribute, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';

/** What ties a child to the container it leaves: its grouping behaviour, switch assignments, playlist and blend entries. */
export function containerEntries(index: ObjectIndex, child: ObjectNode): readonly WwuElement[] {
  return index.referencesTo(child.id).flatMap((reference) => {
    const holder = reference.parent;
    if (holder === null) return [];
    if (reference.name === 'ItemRef') {
      const isWhole = holder.name === 'GroupingBehavior' || holder.name === 'BlendTrackAssoc';
      return [isWhole ? holder : reference];
    }
    const slot = playlistSlot(holder);
    return slot !== undefined && index.holderOf(slot.list) === child.parent ? [slot.entry] : [];
  });
}

/** The entry of an ObjectList "Playlist" a Reference is (2023.1 and 2024.1) or stands in (2025.1). */
function playlistSlot(
  reference: WwuElement,
): { readonly entry: WwuElement; readonly list: WwuElement } | undefined {
  const inner = reference.parent?.name === 'ReferenceList' ? reference.parent.parent : null;
  const entry = inner?.name === 'PluginInnerObject' ? inner : reference;
  const list = entry.parent;
  if (list === null || list.name !== 'ObjectList' || attribute(list, 'Name') !== 'Playlist') return undefined;
  return { entry, list };
}
