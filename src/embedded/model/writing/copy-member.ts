import { attribute, cloneElement, type WwuElement, walk } from '../../wwu/tree.ts';
import { freshGuid } from '../creating/new-object.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { insertLegacyRtpc } from '../legacy/legacy-rtpc.ts';
import { drivenProperty, propertyElement } from '../reading/read-properties.ts';
import { referenceElement } from '../reading/read-references.ts';
import { wholeElement } from '../structure/owned-object.ts';
import { ensureSection, insertSorted, removeAndPrune } from '../structure/sections.ts';
import type { EditLog } from './edit-log.ts';
import { append } from './write-list-entry.ts';

/** Puts a copy of a Property element (values of all platforms, randomizer) in place of the target's. */
export function copyPropertyElement(
  log: EditLog,
  index: ObjectIndex,
  source: ObjectNode,
  target: ObjectNode,
  name: string,
): void {
  replace(log, index, propertyElement(source, name), propertyElement(target, name), target, 'PropertyList');
}

/** The same for a Reference; an object of its own is copied with fresh GUIDs. */
export function copyReferenceElement(
  log: EditLog,
  index: ObjectIndex,
  source: ObjectNode,
  target: ObjectNode,
  name: string,
): void {
  replace(
    log,
    index,
    referenceElement(source, name),
    referenceElement(target, name),
    target,
    'ReferenceList',
  );
}

/** Appends a copy of a list item, in the wrapper its file format gives it. */
export function copyListEntry(
  log: EditLog,
  index: ObjectIndex,
  item: ObjectNode,
  target: ObjectNode,
  list: string,
): void {
  const copy = renewedCopy(index, wholeElement(item));
  const driven = drivenProperty(item);
  if (driven === undefined) append(log, target, list, copy);
  else insertLegacyRtpc(log, target, copy, attribute(driven, 'Name') ?? '');
}

function replace(
  log: EditLog,
  index: ObjectIndex,
  wanted: WwuElement | undefined,
  present: WwuElement | undefined,
  target: ObjectNode,
  section: string,
): void {
  if (wanted === undefined) {
    if (present !== undefined) removeAndPrune(log, present);
    return;
  }
  const copy = renewedCopy(index, wanted);
  if (present !== undefined) log.remove(present);
  insertSorted(log, ensureSection(log, target.element, section), copy);
}

/** A copy with fresh GUIDs for every object defined in it; references inside follow. */
function renewedCopy(index: ObjectIndex, original: WwuElement): WwuElement {
  const copy = cloneElement(original);
  const renewed = new Map<string, string>();
  for (const inside of walk(copy)) {
    if (elementKind(inside) === 'definition')
      renewed.set((attribute(inside, 'ID') ?? '').toUpperCase(), freshGuid(index));
  }
  for (const inside of walk(copy)) {
    const id = renewed.get((attribute(inside, 'ID') ?? '').toUpperCase());
    if (id === undefined) continue;
    for (const entry of inside.attributes) {
      if (entry.name === 'ID') entry.value = id;
      else if (entry.name === 'ShortID') entry.value = String(shortIdOfGuid(id));
    }
  }
  return copy;
}
