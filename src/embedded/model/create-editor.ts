import { attribute, childNamed, element, type WwuElement, walk } from '../wwu/tree.ts';
import { activatePluginSource, addAudioSource, setAudioFile } from './audio-source.ts';
import { copyElement } from './copy-object.ts';
import { own } from './create-model.ts';
import type { EditLog } from './edit-log.ts';
import type { CreateSpec, ModelEditor } from './editor.ts';
import type { ProjectModel, WwiseObject } from './model.ts';
import { freshGuid, newObjectElement } from './new-object.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectNode } from './object-node.ts';
import { pluginAttributes, writeOwnedObject } from './owned-object.ts';
import { removeObject } from './remove-object.ts';
import { renameObject } from './rename-object.ts';
import { ensureSection, insertInOrder, insertSorted, removeAndPrune } from './sections.ts';
import { writeProperty } from './write-property.ts';
import { workUnitId, writeReference } from './write-reference.ts';

/** The write side of an open project: every edit goes through the log, so that it can be undone to the byte. */
export function createEditor(index: ObjectIndex, log: EditLog, model: ProjectModel): ModelEditor {
  const platforms = { all: model.platforms.map(({ name }) => name), current: model.platforms[0]?.name ?? '' };

  function appendChild(parent: ObjectNode, child: WwuElement): ObjectNode {
    const list = ensureSection(log, parent.element, 'ChildrenList');
    log.insert(list, list.children.length, child);
    const node = nodeMade(child);
    if (parent.type === 'SwitchContainer') addGroupingBehavior(log, parent, node);
    return node;
  }

  function nodeMade(made: WwuElement): ObjectNode {
    const node = index.nodeOf(made);
    if (node === undefined) throw new TypeError(`<${made.name}> did not become an object`);
    return node;
  }

  function noteCreated(node: ObjectNode): void {
    log.note({ kind: 'created', object: node });
    if (node.parent !== null) log.note({ kind: 'childAdded', parent: node.parent, child: node });
    for (const child of node.children) noteCreated(child);
  }

  return {
    create(parent, spec) {
      const node = appendChild(own(parent), described(index, spec));
      if (node.type === 'SourcePlugin') activatePluginSource(log, index, node, spec.language ?? 'SFX');
      noteCreated(node);
      return node;
    },
    createInList(owner, list, spec) {
      const holder = own(owner);
      const lists = ensureSection(log, holder.element, 'ObjectLists');
      let target = lists.children.find((entry) => attribute(entry, 'Name') === list);
      if (target === undefined) {
        target = element('ObjectList', { Name: list });
        insertSorted(log, lists, target);
      }
      const made = described(index, spec);
      const entry =
        model.version.schema >= firstDirectListSchema
          ? made
          : element('Reference', {}, [element('Local', {}, [made])]);
      log.insert(target, target.children.length, entry);
      const node = nodeMade(made);
      log.note({ kind: 'created', object: node });
      return node;
    },
    createOwned(owner, reference, spec) {
      const node = nodeMade(writeOwnedObject(log, index, own(owner), reference, spec));
      log.note({ kind: 'created', object: node });
      return node;
    },
    remove: (object) => removeObject(log, index, own(object)),
    move(object, newParent) {
      const node = own(object);
      const target = own(newParent);
      const oldParent = node.parent;
      if (oldParent === target) return;
      for (const reference of groupingEntries(index, node)) removeAndPrune(log, reference);
      log.forgetLayout(node.element);
      removeAndPrune(log, node.element);
      appendChild(target, node.element);
      rewriteWorkUnitIds(log, index, node);
      if (oldParent !== null) log.note({ kind: 'childRemoved', parent: oldParent, child: node });
      log.note({ kind: 'childAdded', parent: target, child: node });
    },
    copy(object, newParent, name) {
      const target = own(newParent);
      const node = appendChild(target, copyElement(index, own(object), name, workUnitId(target)));
      noteCreated(node);
      return node;
    },
    rename: (object, name) => renameObject(log, index, own(object), name),
    setNotes(object, notes) {
      const node = own(object);
      const oldNotes = node.notes;
      if (oldNotes === notes) return;
      const comment = childNamed(node.element, 'Comment');
      if (notes === '') {
        if (comment !== undefined) log.remove(comment);
      } else if (comment === undefined) insertInOrder(log, node.element, element('Comment', {}, notes));
      else log.setText(comment, notes);
      log.note({ kind: 'notesChanged', object: node, oldNotes, newNotes: notes });
    },
    setProperty(object, property, value, platform) {
      const node = own(object);
      const name = platform === undefined ? undefined : platformName(model, platform);
      const old = model.property(node, property, platform);
      writeProperty(log, node, property, value, name, platforms);
      const now = model.property(node, property, platform);
      if (old !== now && now !== undefined) {
        log.note({
          kind: 'propertyChanged',
          object: node,
          property,
          old: old ?? now,
          new: now,
          platform: name ?? null,
        });
      }
    },
    setReference(object, reference, target) {
      const node = own(object);
      const old = model.reference(node, reference) ?? null;
      writeReference(log, node, reference, target === null ? null : own(target));
      if (old !== target) log.note({ kind: 'referenceChanged', object: node, reference, old, new: target });
    },
    addAudioSource(sound, spec) {
      const holder = own(sound);
      const node = addAudioSource(log, index, holder, spec, model.version.schema);
      if (node === undefined) throw new TypeError('the audio source did not become an object');
      noteCreated(node);
      return node;
    },
    setAudioFile: (source, relativePath) => setAudioFile(log, index, own(source), relativePath),
  };
}

function described(index: ObjectIndex, { type, name, id, notes, classId }: CreateSpec): WwuElement {
  const comment = notes === undefined || notes === '' ? [] : [element('Comment', {}, notes)];
  return newObjectElement(index, type, name, id ?? freshGuid(index), comment, pluginAttributes(classId));
}

/** 2025.1: list items stand in the ObjectList directly; before, inside Reference/Local. */
const firstDirectListSchema = 131;

function platformName(model: ProjectModel, platform: string): string {
  return (
    model.platforms.find(({ id, name }) => id === platform.toUpperCase() || name === platform)?.name ??
    platform
  );
}

/** A child of a Switch Container has an entry that says how it behaves when the switch changes. */
function addGroupingBehavior(log: EditLog, container: ObjectNode, child: ObjectNode): void {
  const info = ensureSection(log, container.element, 'GroupingInfo');
  const list = ensureSection(log, info, 'GroupingBehaviorList');
  const item = element('ItemRef', { Name: child.name, ID: child.id });
  log.insert(list, list.children.length, element('GroupingBehavior', {}, [item]));
}

/** What ties a child to the container it leaves: its grouping behaviour, switch assignments, playlist and blend entries. */
function groupingEntries(index: ObjectIndex, node: ObjectNode): WwuElement[] {
  return index.referencesTo(node.id).flatMap((reference) => {
    if (reference.name !== 'ItemRef' || reference.parent === null) return [];
    const isWhole =
      reference.parent.name === 'GroupingBehavior' || reference.parent.name === 'BlendTrackAssoc';
    return [isWhole ? reference.parent : reference];
  });
}

/** References to a moved object and to everything in it name the Work Unit it now lives in. */
function rewriteWorkUnitIds(log: EditLog, index: ObjectIndex, node: ObjectNode): void {
  const home = workUnitId(node);
  for (const inside of walk(node.element)) {
    const object: WwiseObject | undefined = index.nodeOf(inside);
    if (object === undefined) continue;
    for (const reference of index.referencesTo(object.id)) {
      if (attribute(reference, 'WorkUnitID') !== undefined) log.setAttribute(reference, 'WorkUnitID', home);
    }
  }
}
