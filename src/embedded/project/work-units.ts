import { dirname, join } from 'node:path';
import { copyElement } from '../model/copy-object.ts';
import { EditLog, revertStep } from '../model/edit-log.ts';
import type { ModelChange, WwiseObject } from '../model/model.ts';
import { nestedWorkUnits, writeDocumentIds } from '../model/nested-work-units.ts';
import type { ObjectIndex } from '../model/object-index.ts';
import type { ObjectNode } from '../model/object-node.ts';
import { own } from '../model/own.ts';
import { pathOf } from '../model/paths.ts';
import { hangInFolder, type PhysicalFolder, unhangFromFolder } from '../model/physical-folders.ts';
import type { ProjectFile } from '../model/project-file.ts';
import { ensureSection, removeAndPrune } from '../model/sections.ts';
import { attribute, element, type WwuElement, walk } from '../wwu/tree.ts';
import { saveFiles } from './save-files.ts';
import { newWorkUnitFile } from './work-unit-files.ts';

export interface WorkUnitParts {
  readonly files: ProjectFile[];
  readonly folders: readonly PhysicalFolder[];
  readonly fileByRoot: Map<WwuElement, ProjectFile>;
  readonly index: ObjectIndex;
  readonly schema: number;
  fileOf(element: WwuElement): ProjectFile;
  /** Called after each of these: they are on disk at once and cannot be undone. */
  finished(changes: readonly ModelChange[]): void;
}

export interface WorkUnits {
  create(parent: WwiseObject, name: string): WwiseObject;
  copy(workUnit: WwiseObject, newParent: WwiseObject, name: string): WwiseObject;
  move(workUnit: WwiseObject, newParent: WwiseObject): void;
}

/**
 * Creates, copies and moves whole Work Units, files and all. Below a folder a Work Unit stands alone; below anything
 * else it is nested: its file lies beside that of its parent, which holds a placeholder in its place.
 */
export function createWorkUnits(parts: WorkUnitParts): WorkUnits {
  const { files, fileByRoot, index, schema, fileOf } = parts;

  return {
    create: (parent, name) => addFile(newFileBelow(own(parent), name), own(parent)),
    copy(workUnit, newParent, name) {
      const file = newFileBelow(own(newParent), name);
      fillWithCopy(file, copyElement(index, own(workUnit), name, undefined), workUnit.id);
      return addFile(file, own(newParent));
    },
    move(workUnit, newParent) {
      const node = own(workUnit);
      const target = own(newParent);
      const { parent: oldParent } = node;
      if (oldParent === target || oldParent === null) return;
      const log = new EditLog(index, fileOf);
      try {
        leave(log, node, oldParent);
        settle(log, node, target);
        const inside = nestedWorkUnits(index, node.element).map(({ file }) => file);
        saveFiles([node.file, ...holderFiles(target), ...holderFiles(oldParent), ...inside]);
      } catch (failure) {
        if (folderOf(target) !== undefined) unhangFromFolder(node, target);
        revertStep(log.take());
        if (folderOf(oldParent) !== undefined) hangInFolder(node, oldParent);
        throw failure;
      }
      parts.finished([
        { kind: 'childRemoved', parent: oldParent, child: node },
        { kind: 'childAdded', parent: target, child: node },
      ]);
    },
  };

  function newFileBelow(parent: ObjectNode, name: string): ProjectFile {
    const directory = directoryBelow(parent);
    const siblings = files.filter((file) => dirname(file.filePath) === directory);
    return newWorkUnitFile(directory, name, { schema }, pathOf(parent), siblings);
  }

  function addFile(file: ProjectFile, parent: ObjectNode): ObjectNode {
    const log = new EditLog(index, fileOf);
    fileByRoot.set(file.document.root, file);
    files.push(file);
    index.attach(file.document.root);
    const top = workUnitElement(file);
    const node = top === undefined ? undefined : index.nodeOf(top);
    if (node === undefined) throw new TypeError('the new Work Unit did not become an object');
    try {
      settle(log, node, parent);
      saveFiles([file, ...holderFiles(parent)]);
    } catch (failure) {
      if (folderOf(parent) !== undefined) unhangFromFolder(node, parent);
      revertStep(log.take());
      disown(file);
      throw failure;
    }
    parts.finished([
      { kind: 'created', object: node },
      { kind: 'childAdded', parent, child: node },
    ]);
    return node;
  }

  /** Puts a Work Unit in its place below the parent: on disk, in the tree, and in what its own file says. */
  function settle(log: EditLog, node: ObjectNode, parent: ObjectNode): void {
    const isNested = folderOf(parent) === undefined;
    // OwnerID stands before PersistMode.
    log.setAttribute(node.element, 'PersistMode', undefined);
    log.setAttribute(node.element, 'OwnerID', isNested ? parent.id : undefined);
    log.setAttribute(node.element, 'PersistMode', isNested ? 'Nested' : 'Standalone');
    if (isNested) {
      const list = ensureSection(log, parent.element, 'ChildrenList');
      const placeholder = { Name: node.name, ID: node.id, PersistMode: 'Reference' };
      log.insert(list, list.children.length, element('WorkUnit', placeholder));
    } else {
      hangInFolder(node, parent);
    }
    log.setFilePath(node.file, join(directoryBelow(parent), `${node.name}.wwu`));
    writeDocumentIds(log, index, node, schema);
  }

  function leave(log: EditLog, node: ObjectNode, parent: ObjectNode): void {
    const placeholder = index.placeholderOf(node.id);
    if (placeholder !== undefined) removeAndPrune(log, placeholder);
    else unhangFromFolder(node, parent);
  }

  function disown(file: ProjectFile): void {
    index.detach(file.document.root);
    fileByRoot.delete(file.document.root);
    files.splice(files.indexOf(file), 1);
  }

  function folderOf(parent: ObjectNode): PhysicalFolder | undefined {
    return parts.folders.find(({ node }) => node === parent);
  }

  /** The file that holds the placeholder; a folder's Work Units are found by looking, so the .wproj does not change. */
  function holderFiles(parent: ObjectNode): readonly ProjectFile[] {
    return folderOf(parent) === undefined ? [parent.file] : [];
  }

  function directoryBelow(parent: ObjectNode): string {
    return folderOf(parent)?.directory ?? dirname(parent.file.filePath);
  }
}

function workUnitElement(file: ProjectFile): WwuElement | undefined {
  return file.document.root.children[0]?.children[0];
}

/** Puts a copied Work Unit into a new file. References inside the copy name the copy as their Work Unit. */
function fillWithCopy(file: ProjectFile, copied: WwuElement, sourceId: string): void {
  const { root } = file.document;
  const hierarchy = root.children[0];
  const id = attribute(copied, 'ID') ?? '';
  if (hierarchy === undefined) return;
  copied.parent = hierarchy;
  hierarchy.children = [copied];
  for (const entry of root.attributes) if (entry.name === 'ID') entry.value = id;
  for (const inside of walk(copied)) {
    for (const entry of inside.attributes) {
      if (entry.name === 'WorkUnitID' && entry.value.toUpperCase() === sourceId) entry.value = id;
    }
  }
}
