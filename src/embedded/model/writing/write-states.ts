import { childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import { freshGuid } from '../creating/new-object.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { readFacts } from '../reading/read-facts.ts';
import { refersTo } from '../reading/read-states.ts';
import { ensureSection, insertInOrder, removeAndPrune } from '../structure/sections.ts';
import { defaultStateProperties } from '../types/state-support.ts';
import type { EditLog } from './edit-log.ts';

/**
 * Replaces the State Groups of an object. Groups that stay keep their values; each State but None has a CustomState, without
 * values at first, as Wwise writes it (measured in 2024.1).
 */
export function writeStateGroups(
  log: EditLog,
  index: ObjectIndex,
  node: ObjectNode,
  groups: readonly ObjectNode[],
  schema: number,
): void {
  const info = childNamed(node.element, 'StateInfo');
  const keptGroups = new Set<ObjectNode>();
  for (const entry of [...((info && childNamed(info, 'StateGroupList'))?.children ?? [])]) {
    const group = refersTo(index, childNamed(entry, 'StateGroupRef'));
    if (group !== null && groups.includes(group)) {
      keptGroups.add(group);
      addValues(log, index, node, group, schema);
    } else dropGroup(log, index, node, entry, group);
  }
  for (const group of groups) {
    if (keptGroups.has(group)) continue;
    keptGroups.add(group);
    addGroup(log, index, node, group, schema);
  }
}

/** Replaces the list of state properties; the default list is written as none. */
export function writeStateProperties(log: EditLog, node: ObjectNode, properties: readonly string[]): void {
  const facts = readFacts(node);
  const isDefault =
    facts !== undefined && [...properties].sort().join() === [...defaultStateProperties(facts)].sort().join();
  const info = childNamed(node.element, 'StateInfo');
  const present = info === undefined ? undefined : childNamed(info, 'StatePropertyList');
  if (isDefault || properties.length === 0) {
    if (present !== undefined) removeAndPrune(log, present);
    return;
  }
  const entries = [...properties].sort().map((name) => element('Property', { Name: name }));
  if (present === undefined) {
    const made = element('StatePropertyList', {}, entries);
    insertInOrder(log, ensureSection(log, node.element, 'StateInfo'), made);
    return;
  }
  for (const old of [...present.children]) log.remove(old);
  for (const entry of entries) log.insert(present, present.children.length, entry);
}

function addGroup(
  log: EditLog,
  index: ObjectIndex,
  node: ObjectNode,
  group: ObjectNode,
  schema: number,
): void {
  const info = ensureSection(log, node.element, 'StateInfo');
  const list = ensureSection(log, info, 'StateGroupList');
  const reference = element('StateGroupRef', { Name: group.name, ID: group.id });
  const settings = schema >= firstGroupObjectSchema ? [withShortId(index, 'StateGroupInfo')] : [];
  log.insert(list, list.children.length, element('StateGroupInfo', {}, [reference, ...settings]));
  addValues(log, index, node, group, schema);
}

/** A CustomState for each State of the group that has none yet: States may come later than the association. */
function addValues(
  log: EditLog,
  index: ObjectIndex,
  node: ObjectNode,
  group: ObjectNode,
  schema: number,
): void {
  if (schema < firstCustomStateSchema) return;
  const info = ensureSection(log, node.element, 'StateInfo');
  const present = (childNamed(info, 'CustomStateList')?.children ?? []).map((entry) =>
    refersTo(index, childNamed(entry, 'StateRef')),
  );
  for (const state of group.children) {
    if (state.name === 'None' || present.includes(state)) continue;
    const states = ensureSection(log, info, 'CustomStateList');
    const stateRef = element('StateRef', { Name: state.name, ID: state.id });
    const entry = element('CustomState', {}, [stateRef, withShortId(index, 'CustomState')]);
    log.insert(states, states.children.length, entry);
  }
}

/** 2025.1: the association is an object of its own, beside the reference. */
const firstGroupObjectSchema = 131;
/** Older files hold the values in another element; there a group is associated without values. */
const firstCustomStateSchema = 97;

function dropGroup(
  log: EditLog,
  index: ObjectIndex,
  node: ObjectNode,
  entry: WwuElement,
  group: ObjectNode | null,
): void {
  const info = childNamed(node.element, 'StateInfo');
  for (const custom of [...((info && childNamed(info, 'CustomStateList'))?.children ?? [])]) {
    const state = refersTo(index, childNamed(custom, 'StateRef'));
    if (state?.parent === group) removeAndPrune(log, custom);
  }
  removeAndPrune(log, entry);
}

function withShortId(index: ObjectIndex, name: string): WwuElement {
  const id = freshGuid(index);
  return element(name, { Name: '', ID: id, ShortID: String(shortIdOfGuid(id)) });
}
