import { basename, dirname, join } from 'node:path';
import { atOnce } from '../../../core/turns/turns.ts';
import { nestedWorkUnits, writeDocumentIds } from '../../model/index/nested-work-units.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { own } from '../../model/index/own.ts';
import { hangInFolder, type PhysicalFolder, unhangFromFolder } from '../../model/index/physical-folders.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import type { ModelChange, WwiseObject } from '../../model/model.ts';
import { pathOf } from '../../model/naming/paths.ts';
import { freeName } from '../../model/naming/sibling-names.ts';
import { ensureSection, removeAndPrune } from '../../model/structure/sections.ts';
import { copyElements } from '../../model/writing/copy-object.ts';
import { EditLog } from '../../model/writing/edit-log.ts';
import { revertStep } from '../../model/writing/edit-step.ts';
import { cutIntoPieces, insertInPieces, insertPieces } from '../../model/writing/pieces.ts';
import { workUnitId } from '../../model/writing/write-reference.ts';
import { attribute, element, type WwuElement } from '../../wwu/tree.ts';
import { newWorkUnitFile, refuseTakenPlace } from './work-unit-files.ts';

export interface WorkUnitParts {
  readonly files: ProjectFile[];
  readonly folders: readonly PhysicalFolder[];
  readonly fileByRoot: Map<WwuElement, ProjectFile>;
  readonly index: ObjectIndex;
  readonly schema: number;
  fileOf(element: WwuElement): ProjectFile;
  /** Writes everything, all or nothing. Yields: see core/turns/turns.ts. */
  saveSteps(): Generator<void, unknown>;
  /** What this log has changed so far is no part of what is unsaved; null: from now on it is. */
  undecided(log: EditLog | null): void;
  /** Called after each of these: they are on disk at once and cannot be undone. */
  finished(changes: readonly ModelChange[]): void;
}

/** Each yields within its work: see core/turns/turns.ts. Nothing may be edited meanwhile. */
export interface WorkUnits {
  create(parent: WwiseObject, name: string): Generator<void, WwiseObject>;
  copy(object: WwiseObject, newParent: WwiseObject, name: string): Generator<void, WwiseObject>;
  move(workUnit: WwiseObject, newParent: WwiseObject): Generator<void, void>;
}

/**
 * Creates, copies and moves whole Work Units, files and all, and saves the project with each, as Wwise does. Below a folder a Work Unit stands alone; below anything
 * else it is nested: its file lies beside that of its parent, which holds a placeholder in its place.
 */
export function createWorkUnits(parts: WorkUnitParts): WorkUnits {
  const { files, fileByRoot, index, schema, fileOf } = parts;

  return {
    *create(parent, name) {
      const file = newFileBelow(own(parent), name);
      return yield* add([file], own(parent), workUnitElement(file));
    },
    *copy(object, newParent, name) {
      const source = own(object);
      const target = own(newParent);
      const isWorkUnit = source.type === 'WorkUnit';
      const nested = nestedWorkUnits(index, source.element);
      const names = fileNamesBelow(target, isWorkUnit ? name : undefined);
      const originals = [
        { node: source, name },
        ...nested.map((node) => ({ node, name: takeFreeName(node.name, names) })),
      ];
      const copies = yield* copyElements(index, originals, isWorkUnit ? undefined : workUnitId(target));
      const made = copies.flatMap((copied, at) =>
        isWorkUnit || at > 0
          ? [fileFilledWith(newFileBelow(target, attribute(copied, 'Name') ?? name), copied)]
          : [],
      );
      return yield* add(made, target, copies[0]);
    },
    *move(workUnit, newParent) {
      const node = own(workUnit);
      const target = own(newParent);
      const { parent: oldParent } = node;
      if (oldParent === target || oldParent === null) return;
      refuseTakenPlace(files, join(directoryBelow(target), `${node.name}.wwu`), node.file);
      const log = new EditLog(index, fileOf);
      try {
        leave(log, node, oldParent);
        settle(log, node, target);
        yield* parts.saveSteps();
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
    refuseTakenPlace(files, join(directory, `${name}.wwu`), undefined);
    const siblings = files.filter((file) => dirname(file.filePath) === directory);
    return newWorkUnitFile(directory, name, { schema }, pathOf(parent), siblings);
  }

  /** Adds new files, and what is on top of them below the parent: a Work Unit, or an object that holds some. */
  function* add(
    made: readonly ProjectFile[],
    parent: ObjectNode,
    top: WwuElement | undefined,
  ): Generator<void, ObjectNode> {
    const log = new EditLog(index, fileOf);
    parts.undecided(log);
    const pieces = made.flatMap((file) => cutIntoPieces(workUnitElement(file) ?? file.document.root));
    for (const file of made) {
      fileByRoot.set(file.document.root, file);
      index.attach(file.document.root);
    }
    const node = yield* orElse(settled(), rollBack);
    parts.finished([
      { kind: 'created', object: node },
      { kind: 'childAdded', parent, child: node },
    ]);
    return node;

    function* settled(): Generator<void, ObjectNode> {
      if (top !== undefined && top.name !== 'WorkUnit') yield* append(log, parent, top);
      const added = top === undefined ? undefined : index.nodeOf(top);
      if (added === undefined) throw new TypeError('what was added did not become an object');
      if (added.type === 'WorkUnit') settle(log, added, parent);
      yield* insertPieces(log, pieces);
      // Only now are they files that a save writes.
      files.push(...made);
      parts.undecided(null);
      for (const nested of nestedWorkUnits(index, added.element))
        writeDocumentIds(log, index, nested, schema);
      yield* parts.saveSteps();
      return added;
    }

    function rollBack(): void {
      parts.undecided(null);
      const added = top === undefined ? undefined : index.nodeOf(top);
      if (added !== undefined && folderOf(parent) !== undefined) unhangFromFolder(added, parent);
      revertStep(log.take());
      for (const file of made) disown(file);
    }
  }

  function* append(log: EditLog, parent: ObjectNode, child: WwuElement): Generator<void, void> {
    const list = ensureSection(log, parent.element, 'ChildrenList');
    yield* insertInPieces(log, list, list.children.length, child);
  }

  /** Puts a Work Unit in its place below the parent: on disk, in the tree, and in what its own file says. */
  function settle(log: EditLog, node: ObjectNode, parent: ObjectNode): void {
    const isNested = folderOf(parent) === undefined;
    // OwnerID stands before PersistMode.
    log.setAttribute(node.element, 'PersistMode', undefined);
    log.setAttribute(node.element, 'OwnerID', isNested ? parent.id : undefined);
    log.setAttribute(node.element, 'PersistMode', isNested ? 'Nested' : 'Standalone');
    if (isNested) {
      const placeholder = { Name: node.name, ID: node.id, PersistMode: 'Reference' };
      atOnce(append(log, parent, element('WorkUnit', placeholder)));
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
    if (files.includes(file)) files.splice(files.indexOf(file), 1);
  }

  function folderOf(parent: ObjectNode): PhysicalFolder | undefined {
    return parts.folders.find(({ node }) => node === parent);
  }

  /** Names of the Work Unit files where those below the parent lie, in lower case: nested ones lie beside their outermost. */
  function fileNamesBelow(parent: ObjectNode, own: string | undefined): Set<string> {
    const directory = directoryBelow(parent);
    const beside = files.filter(({ filePath }) => dirname(filePath) === directory);
    const names = beside.map(({ filePath }) => basename(filePath, '.wwu'));
    return new Set([...names, ...(own === undefined ? [] : [own])].map((name) => name.toLowerCase()));
  }

  function directoryBelow(parent: ObjectNode): string {
    return folderOf(parent)?.directory ?? dirname(parent.file.filePath);
  }
}

function* orElse<T>(work: Generator<void, T>, rollBack: () => void): Generator<void, T> {
  try {
    return yield* work;
  } catch (failure) {
    rollBack();
    throw failure;
  }
}

function workUnitElement(file: ProjectFile): WwuElement | undefined {
  return file.document.root.children[0]?.children[0];
}

/** Puts a copied Work Unit into a new file. */
function fileFilledWith(file: ProjectFile, copied: WwuElement): ProjectFile {
  const { root } = file.document;
  const hierarchy = root.children[0];
  if (hierarchy === undefined) return file;
  copied.parent = hierarchy;
  hierarchy.children = [copied];
  for (const entry of root.attributes) if (entry.name === 'ID') entry.value = attribute(copied, 'ID') ?? '';
  return file;
}

function takeFreeName(name: string, taken: Set<string>): string {
  const free = freeName(
    name,
    [...taken].map((one) => ({ name: one })),
  );
  taken.add(free.toLowerCase());
  return free;
}
