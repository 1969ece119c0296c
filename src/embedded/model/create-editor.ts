import { atOnce } from '../../core/turns/turns.ts';
import { childNamed, element, type WwuElement } from '../wwu/tree.ts';
import { createStructureEditor } from './create-structure-editor.ts';
import { freshGuid, newObjectElement } from './creating/new-object.ts';
import type { CreateSpec, ModelEditor } from './editor.ts';
import { nestedWorkUnits, writeDocumentIds } from './index/nested-work-units.ts';
import type { ObjectIndex } from './index/object-index.ts';
import type { ObjectNode } from './index/object-node.ts';
import { own } from './index/own.ts';
import { removeFourEffects } from './legacy/legacy-effects.ts';
import { removeLegacyEntries } from './legacy/legacy-entries.ts';
import { insertLegacyRtpc, moveLegacyRtpc } from './legacy/legacy-rtpc.ts';
import { activatePluginSource, addAudioSource, setAudioFile } from './media/audio-source.ts';
import { addMusicSource } from './media/music-source.ts';
import type { ProjectModel } from './model.ts';
import { writeLinked } from './reading/linked.ts';
import { drivenProperty } from './reading/read-properties.ts';
import { containerEntries } from './structure/container-entries.ts';
import { firstSlotSchema, holdsLinks, listForm } from './structure/list-forms.ts';
import { pluginAttributes, writeOwnedObject } from './structure/owned-object.ts';
import { ensureSection, insertInOrder, prune, removeAndPrune } from './structure/sections.ts';
import { slotPlugin } from './structure/slots.ts';
import { copyElement } from './writing/copy-object.ts';
import type { EditLog } from './writing/edit-log.ts';
import { insertInPieces } from './writing/pieces.ts';
import { removeObject } from './writing/remove-object.ts';
import { writeObjectName } from './writing/rename-object.ts';
import { rewriteWorkUnitIds } from './writing/rewrite-work-unit-ids.ts';
import { writeConversionPlugin } from './writing/write-conversion-plugin.ts';
import { appendLink, appendLocalItem, removeLinks } from './writing/write-list-entry.ts';
import { writeProperty } from './writing/write-property.ts';
import { workUnitId, writeReference } from './writing/write-reference.ts';

/** The write side of an open project: every edit goes through the log, so that it can be undone to the byte. */
export function createEditor(index: ObjectIndex, log: EditLog, model: ProjectModel): ModelEditor {
  const platforms = { all: model.platforms.map(({ name }) => name), current: model.platforms[0]?.name ?? '' };

  function appendChild(parent: ObjectNode, child: WwuElement): ObjectNode {
    return atOnce(appendSteps(parent, child));
  }

  function* appendSteps(parent: ObjectNode, child: WwuElement): Generator<void, ObjectNode> {
    const list = ensureSection(log, parent.element, 'ChildrenList');
    yield* insertInPieces(log, list, list.children.length, child);
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
      if (listForm(list, holder.file.schema) === 'inProperty') {
        const rtpc = described(index, spec);
        insertLegacyRtpc(log, holder, rtpc, spec.property ?? '');
        const node = nodeMade(rtpc);
        log.note({ kind: 'created', object: node });
        return node;
      }
      const hasSlots = holder.file.schema >= firstSlotSchema;
      const made = (hasSlots ? slotElement(index, spec) : undefined) ?? described(index, spec);
      appendLocalItem(log, holder, list, made);
      const node = nodeMade(made);
      log.note({ kind: 'created', object: node });
      return node;
    },
    linkInList: (owner, list, target) => appendLink(log, own(owner), list, own(target)),
    clearList(owner, list) {
      const holder = own(owner);
      const form = listForm(list, holder.file.schema);
      if (holdsLinks(form)) removeLinks(log, holder, list);
      else if (form === 'entries') removeLegacyEntries(log, holder);
      else if (form === 'fourReferences') removeFourEffects(log, holder);
      else for (const item of model.list(owner, list) ?? []) atOnce(removeObject(log, index, own(item)));
    },
    createOwned(owner, reference, spec) {
      const node = nodeMade(writeOwnedObject(log, index, own(owner), reference, spec));
      log.note({ kind: 'created', object: node });
      return node;
    },
    remove: (object) => atOnce(removeObject(log, index, own(object))),
    removeSteps: (object) => removeObject(log, index, own(object)),
    *move(object, newParent) {
      const node = own(object);
      const target = own(newParent);
      const oldParent = node.parent;
      if (oldParent === target) return;
      for (const entry of containerEntries(index, node)) removeAndPrune(log, entry);
      yield* log.forgetLayout(node.element);
      const holder = node.element.parent;
      log.leave(node.element);
      prune(log, holder, node.element);
      const list = ensureSection(log, target.element, 'ChildrenList');
      log.arrive(list, list.children.length, node.element);
      if (target.type === 'SwitchContainer') addGroupingBehavior(log, target, node);
      yield* rewriteWorkUnitIds(log, index, node);
      for (const nested of nestedWorkUnits(index, node.element))
        writeDocumentIds(log, index, nested, model.version.schema);
      if (oldParent !== null) log.note({ kind: 'childRemoved', parent: oldParent, child: node });
      log.note({ kind: 'childAdded', parent: target, child: node });
    },
    *copy(object, newParent, name) {
      const target = own(newParent);
      const made = yield* copyElement(index, own(object), name, workUnitId(target));
      const node = yield* appendSteps(target, made);
      noteCreated(node);
      return node;
    },
    rename: (object, name) => writeObjectName(log, index, own(object), name),
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
      if (property === 'PropertyName' && drivenProperty(node) !== undefined)
        moveLegacyRtpc(log, node, String(value));
      else writeProperty(log, node, property, value, name, platforms);
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
    setLinked(object, property, platform, linked) {
      const node = own(object);
      const name = platformName(model, platform);
      const old = model.property(node, property, name);
      writeLinked(log, node, property, name, linked, platforms);
      const now = model.property(node, property, name);
      if (old !== undefined && now !== undefined && old !== now)
        log.note({ kind: 'propertyChanged', object: node, property, old, new: now, platform: name });
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
    addMusicSource(track, spec) {
      const made = addMusicSource(log, index, own(track), spec, model.version.schema);
      noteCreated(made.source);
      log.note({ kind: 'created', object: made.clip });
      return made;
    },
    setConversionPlugin: (conversion, platform, plugin) =>
      writeConversionPlugin(log, own(conversion), platform, plugin),
    setAudioFile: (source, relativePath) => setAudioFile(log, index, own(source), relativePath),
    ...createStructureEditor(index, log, model),
  };
}

/** 2025.1: the slots of playlists, arguments, paths and metadata are plug-in objects named after their type. */
function slotElement(index: ObjectIndex, { type, name, id }: CreateSpec): WwuElement | undefined {
  const plugin = slotPlugin(type);
  if (plugin === undefined) return undefined;
  return element('PluginInnerObject', { Name: name, ID: id ?? freshGuid(index), ...plugin });
}

function described(index: ObjectIndex, spec: CreateSpec): WwuElement {
  const { type, name, id, notes, classId, searchOperationId } = spec;
  const more =
    searchOperationId === undefined ? pluginAttributes(classId) : { SearchOperationID: searchOperationId };
  const comment = notes === undefined || notes === '' ? [] : [element('Comment', {}, notes)];
  return newObjectElement(index, type, name, id ?? freshGuid(index), comment, more);
}

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
