import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { freshGuid, newObjectElement } from '../creating/new-object.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import type { BlendAssignment, BlendEdge, WwiseObject } from '../model.ts';
import { defaultFadeShape, groupings } from '../reading/read-grouping.ts';
import { ensureSection, removeAndPrune } from '../structure/sections.ts';
import { printValue } from '../types/value-text.ts';
import type { EditLog } from './edit-log.ts';

/** Assigns a child of a Switch Container to a Switch or State; a switch without children has no Grouping. */
export function addSwitchAssignment(
  log: EditLog,
  container: ObjectNode,
  child: ObjectNode,
  stateOrSwitch: ObjectNode,
): void {
  let grouping = groupingOf(container, stateOrSwitch);
  if (grouping === undefined) {
    const list = ensureSection(log, ensureSection(log, container.element, 'GroupingInfo'), 'GroupingList');
    const reference = element('SwitchRef', { Name: stateOrSwitch.name, ID: stateOrSwitch.id });
    grouping = element('Grouping', {}, [reference]);
    log.insert(list, list.children.length, grouping);
  }
  const items = ensureSection(log, grouping, 'ItemList');
  log.insert(items, items.children.length, itemRef(child));
  log.note({ kind: 'assignmentAdded', container, child, stateOrSwitch });
}

export function removeSwitchAssignment(
  log: EditLog,
  container: ObjectNode,
  child: ObjectNode,
  stateOrSwitch: ObjectNode,
): void {
  const grouping = groupingOf(container, stateOrSwitch);
  const items = grouping === undefined ? undefined : childNamed(grouping, 'ItemList');
  const item = items?.children.find((entry) => sameId(entry, child));
  if (item === undefined) return;
  removeAndPrune(log, item);
  log.note({ kind: 'assignmentRemoved', container, child, stateOrSwitch });
}

/** Appends a Blend Track; the caller notes its creation. */
export function appendBlendTrack(
  log: EditLog,
  index: ObjectIndex,
  container: ObjectNode,
  name: string,
  id: string | undefined,
): WwuElement {
  const list = ensureSection(log, container.element, 'BlendTrackList');
  const track = newObjectElement(index, 'BlendTrack', name, id ?? freshGuid(index));
  log.insert(list, list.children.length, track);
  return track;
}

export function addBlendAssignment(
  log: EditLog,
  track: ObjectNode,
  { child, edges }: BlendAssignment,
  at: number | undefined,
): void {
  const list = ensureSection(log, track.element, 'BlendTrackAssocList');
  const info = element('CrossfadingInfo', {}, [
    ...edgeElements('Left', edges[0]),
    ...edgeElements('Right', edges[1]),
  ]);
  const entry = element('BlendTrackAssoc', {}, [itemRef(child), info]);
  log.insert(list, Math.min(at ?? list.children.length, list.children.length), entry);
}

export function removeBlendAssignment(log: EditLog, track: ObjectNode, child: ObjectNode): void {
  const entry = childNamed(track.element, 'BlendTrackAssocList')?.children.find((assoc) => {
    const item = childNamed(assoc, 'ItemRef');
    return item !== undefined && sameId(item, child);
  });
  if (entry !== undefined) removeAndPrune(log, entry);
}

/** Measured: an automatic fade is written with position and mode alone; the order of the others differs by side. */
function edgeElements(side: 'Left' | 'Right', edge: BlendEdge): readonly WwuElement[] {
  const real = (value: number): string => printValue('Real64', value);
  const shape =
    edge.fadeShape === defaultFadeShape ? [] : [element(`${side}FadingSegmentShape`, {}, edge.fadeShape)];
  const position =
    edge.fadeMode === 'Manual' ? [element(`${side}FadingPos`, {}, real(edge.fadePosition))] : [];
  return [
    element(`${side}EdgePos`, {}, real(edge.edgePosition)),
    element(`${side}FadingMode`, {}, edge.fadeMode),
    ...(side === 'Left' ? [...shape, ...position] : [...position, ...shape]),
  ];
}

function groupingOf(container: ObjectNode, stateOrSwitch: ObjectNode): WwuElement | undefined {
  return groupings(container).find((grouping) => {
    const reference = childNamed(grouping, 'SwitchRef');
    return reference !== undefined && sameId(reference, stateOrSwitch);
  });
}

/** ItemRef and SwitchRef have no WorkUnitID. */
function itemRef(child: WwiseObject): WwuElement {
  return element('ItemRef', { Name: child.name, ID: child.id });
}

function sameId(reference: WwuElement, object: WwiseObject): boolean {
  return attribute(reference, 'ID')?.toUpperCase() === object.id;
}
