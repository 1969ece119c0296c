import { attribute, element, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { readFacts } from '../reading/read-facts.ts';
import { drivenProperty, propertyElement } from '../reading/read-properties.ts';
import { ensureSection, insertSorted, removeAndPrune } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';

/** Puts an RTPC's element into the Property of that name, which is written for it when the object has none. */
export function insertLegacyRtpc(log: EditLog, owner: ObjectNode, rtpc: WwuElement, name: string): void {
  const facts = readFacts(owner)?.property(name);
  let property = propertyElement(owner, facts?.name ?? name);
  if (property === undefined) {
    property = element('Property', { Name: facts?.name ?? name, Type: facts?.type ?? 'Real64' });
    insertSorted(log, ensureSection(log, owner.element, 'PropertyList'), property);
  }
  const list = ensureSection(log, property, 'RTPCList');
  log.insert(list, list.children.length, rtpc);
}

/** Lets an RTPC drive another property: it moves there. */
export function moveLegacyRtpc(log: EditLog, rtpc: ObjectNode, name: string): void {
  const from = drivenProperty(rtpc);
  const { owner } = rtpc;
  if (from === undefined || owner === null || attribute(from, 'Name') === name) return;
  const { element: moved } = rtpc;
  removeAndPrune(log, moved);
  insertLegacyRtpc(log, owner, moved, name);
}
