import { attribute, childNamed, element, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { firstSlotSchema, listElements, listForm } from '../structure/list-forms.ts';
import { ensureSection, insertSorted, removeAndPrune } from '../structure/sections.ts';
import type { EditLog } from './edit-log.ts';
import { objectRefElement } from './write-reference.ts';

/** Appends an item's own element to a list, in the wrapper the owner's schema gives it. */
export function appendLocalItem(log: EditLog, owner: ObjectNode, list: string, item: WwuElement): void {
  const { schema } = owner.file;
  const isBare = schema >= firstSlotSchema || listForm(list, schema) === 'element';
  append(log, owner, list, isBare ? item : element('Reference', {}, [element('Local', {}, [item])]));
}

/** Appends a link to an object elsewhere: playlists, arguments, paths and metadata up to 2024.1. */
export function appendLink(log: EditLog, owner: ObjectNode, list: string, target: ObjectNode): void {
  const form = listForm(list, owner.file.schema);
  const bare = form === 'itemRefs' ? 'ItemRef' : form === 'argumentRefs' ? 'ArgumentRef' : undefined;
  const entry =
    bare === undefined
      ? element('Reference', {}, [objectRefElement(target)])
      : element(bare, { Name: target.name, ID: target.id });
  append(log, owner, list, entry);
}

/** Appends an entry as it stands. */
export function append(log: EditLog, owner: ObjectNode, list: string, entry: WwuElement): void {
  const home = homeOf(owner, list) ?? makeHome(log, owner, list);
  log.insert(home, home.children.length, entry);
}

/** Takes the links of a list away; the objects they point at stay. */
export function removeLinks(log: EditLog, owner: ObjectNode, list: string): void {
  for (const entry of [...(homeOf(owner, list)?.children ?? [])]) removeAndPrune(log, entry);
}

/** The element that holds a list's entries. */
function homeOf(owner: ObjectNode, list: string): WwuElement | undefined {
  const section = ownSection(owner, list);
  if (section !== undefined) return childNamed(owner.element, section);
  return childNamed(owner.element, 'ObjectLists')?.children.find(
    (entry) => attribute(entry, 'Name') === list,
  );
}

function makeHome(log: EditLog, owner: ObjectNode, list: string): WwuElement {
  const section = ownSection(owner, list);
  if (section !== undefined) return ensureSection(log, owner.element, section);
  const made = element('ObjectList', { Name: list });
  insertSorted(log, ensureSection(log, owner.element, 'ObjectLists'), made);
  return made;
}

/** Its name where the list has an element of its own in the owner. */
function ownSection(owner: ObjectNode, list: string): string | undefined {
  const form = listForm(list, owner.file.schema);
  if (form === 'itemRefs') return 'Playlist';
  if (form === 'argumentRefs') return 'ArgumentList';
  return form === 'element' ? listElements[list] : undefined;
}
