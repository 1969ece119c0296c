import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { childOrder } from './child-order.ts';

/** The section of that name (`PropertyList`, `ChildrenList`, ...), inserted at its fixed place when missing. */
export function ensureSection(log: EditLog, holder: WwuElement, name: string): WwuElement {
  const present = childNamed(holder, name);
  if (present !== undefined) return present;
  const made = element(name);
  insertInOrder(log, holder, made);
  return made;
}

/**
 * Inserts a child where the fixed child order of its parent's element wants it; after everything when the order is silent. Notes
 * stand before everything in every element that was seen with some.
 */
export function insertInOrder(log: EditLog, holder: WwuElement, child: WwuElement): void {
  const order = childOrder[holder.name] ?? [];
  const rank = order.indexOf(child.name);
  const isNotes = rank === -1 && child.name === 'Comment';
  const at = isNotes
    ? 0
    : rank === -1
      ? -1
      : holder.children.findIndex((sibling) => order.indexOf(sibling.name) > rank);
  log.insert(holder, at === -1 ? holder.children.length : at, child);
}

/** Inserts a Property or Reference so that the list stays sorted by Name, ordinal. */
export function insertSorted(log: EditLog, list: WwuElement, child: WwuElement): void {
  const name = attribute(child, 'Name') ?? '';
  const at = list.children.findIndex((sibling) => (attribute(sibling, 'Name') ?? '') > name);
  log.insert(list, at === -1 ? list.children.length : at, child);
}

/** Removes an element, and its list when that leaves it empty: Wwise writes no empty lists of these kinds. */
export function removeAndPrune(log: EditLog, target: WwuElement): void {
  const holder = target.parent;
  log.remove(target);
  prune(log, holder, target);
}

/** Removes what the target, which is taken out already, leaves empty. */
export function prune(log: EditLog, holder: WwuElement | null, target: WwuElement): void {
  if (holder !== null && holder.children.length === 0 && goesWhenEmpty.has(holder.name))
    removeAndPrune(log, holder);
  // A Property written for an RTPC alone says nothing without it.
  else if (holder?.name === 'Property' && target.name === 'RTPCList' && isBlank(holder))
    removeAndPrune(log, holder);
  // A switch without children has no Grouping, though its SwitchRef is left.
  else if (target.name === 'ItemList' && holder?.name === 'Grouping') removeAndPrune(log, holder);
}

/** Whether an element only holds others, so that Wwise does not write it while it is empty. */
export function isOnlyAHolder(node: WwuElement): boolean {
  return goesWhenEmpty.has(node.name) || (node.name === 'Property' && attribute(node, 'Value') === undefined);
}

function isBlank(property: WwuElement): boolean {
  return property.children.length === 0 && attribute(property, 'Value') === undefined;
}

const goesWhenEmpty = new Set([
  'PropertyList',
  'ReferenceList',
  'ChildrenList',
  'ActiveSourceList',
  'ObjectList',
  'ObjectLists',
  'GroupingBehaviorList',
  'GroupingList',
  'GroupingInfo',
  'Playlist',
  'ArgumentList',
  'EntryList',
  'ItemList',
  'BlendTrackAssocList',
  'BlendTrackList',
  'StateInfo',
  'StateGroupList',
  'StatePropertyList',
  'CustomStateList',
  'ValueList',
  'ModifierList',
  'RTPCList',
  'ModuleList',
  'ClipList',
  'CueList',
  'SequenceList',
  'StingerList',
  'TransitionList',
  'DuckingList',
  'Path',
]);
