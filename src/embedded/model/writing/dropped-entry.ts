import { attribute, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { wholeElement } from '../structure/owned-object.ts';

/** What is removed, with all that stands in it. */
export interface Gone {
  has(element: WwuElement): boolean;
}

/**
 * What goes with a reference to a deleted object, because it says nothing without it: a transition between States, the
 * row of a switch table whose State or Switch is gone, a playlist item without its segment. Undefined when only the
 * reference goes. A group that is deleted with its values takes its column out of the table: the rows stay.
 */
export function droppedEntry(
  index: ObjectIndex,
  reference: WwuElement,
  target: ObjectNode,
  gone: Gone,
): WwuElement | undefined {
  const holder = reference.parent;
  if (holder === null) return undefined;
  if (wholeEntries.has(holder.name)) return withWrapper(index, holder);
  if (reference.name === 'SegmentRef' && holder.name === 'MusicPlaylistItem') return holder;
  if (reference.name === 'PathElementRef')
    return isRowValue(target, gone) ? (holder.parent ?? undefined) : undefined;
  if (holder.name !== 'Reference') return undefined;
  const owner = index.holderOf(holder);
  if (owner?.type === 'MusicPlaylistItem' && attribute(holder, 'Name') === 'Segment') return owner.element;
  const row = owner?.type === 'PluginInnerObject' ? owner.owner : owner;
  if (row?.type !== 'MultiSwitchEntry' || !standsInPath(holder, row.element)) return undefined;
  return isRowValue(target, gone) ? wholeElement(row) : undefined;
}

/** A State or Switch that goes alone: rows of its value can never be chosen again. */
function isRowValue(target: ObjectNode, gone: Gone): boolean {
  const isValue = target.type === 'State' || target.type === 'Switch';
  return isValue && target.parent !== null && !gone.has(target.parent.element);
}

function standsInPath(reference: WwuElement, row: WwuElement): boolean {
  for (let at = reference.parent; at !== null && at !== row; at = at.parent)
    if (at.name === 'ObjectList' && attribute(at, 'Name') === 'EntryPath') return true;
  return false;
}

function withWrapper(index: ObjectIndex, entry: WwuElement): WwuElement {
  const object = index.nodeOf(entry);
  return object === undefined ? entry : wholeElement(object);
}

/** Elements that mean nothing without the reference they hold. */
const wholeEntries = new Set([
  'GroupingBehavior',
  'Grouping',
  'StateGroupInfo',
  'CustomState',
  'BlendTrackAssoc',
  'MusicTransition',
  'MusicClip',
  'MusicClipMidi',
  // Of a State Group: from one State to another.
  'Transition',
  // Of a bus: what it ducks.
  'DuckItem',
  // Of a Soundcaster session: what it plays, and the value of a Game Parameter.
  'Module',
  'RTPCValue',
]);
