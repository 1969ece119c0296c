import { nestedWorkUnits } from '../../model/index/nested-work-units.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { own } from '../../model/index/own.ts';
import {
  hangInFolder,
  type PhysicalFolder,
  topWorkUnit,
  unhangFromFolder,
} from '../../model/index/physical-folders.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import type { ModelChange, WwiseObject } from '../../model/model.ts';
import { EditLog } from '../../model/writing/edit-log.ts';
import { revertStep } from '../../model/writing/edit-step.ts';
import { removeObject } from '../../model/writing/remove-object.ts';
import type { WwuElement } from '../../wwu/tree.ts';
import { refuseIndispensable } from '../health/indispensable.ts';
import type { BrokenFile } from '../opened-project.ts';
import { entryOf, filesWithin, foldersWithin, refuseUnread } from './folder-places.ts';
import { removeEmptyDirectory } from './move-directories.ts';

export interface DeletingParts {
  readonly files: ProjectFile[];
  readonly brokenFiles: readonly BrokenFile[];
  readonly folders: PhysicalFolder[];
  readonly fileByRoot: Map<WwuElement, ProjectFile>;
  readonly index: ObjectIndex;
  readonly project: ObjectNode;
  fileOf(element: WwuElement): ProjectFile;
  /** Writes everything and removes these files, all or nothing. Yields: see core/turns/turns.ts. */
  saveSteps(removed: readonly ProjectFile[]): Generator<void, unknown>;
  /** What this log has changed so far is no part of what is unsaved; null: from now on it is. */
  undecided(log: EditLog | null): void;
  /** Called with the files that are about to be deleted for good; throws when they must not be. */
  checkDeletion(filePaths: readonly string[]): void;
  /** Called after each: they are on disk at once and cannot be undone. */
  finished(changes: readonly ModelChange[]): void;
}

/** Each yields within its work. Nothing may be edited meanwhile. */
export interface Deleting {
  workUnit(workUnit: WwiseObject): Generator<void, void>;
  folder(folder: WwiseObject): Generator<void, void>;
}

/**
 * Deletes Work Units and physical folders with their files, for good, and saves the project with it, as Wwise does. References
 * to what was in them are dropped. What else lies in the directory of a folder stays there.
 */
export function createDeleting(parts: DeletingParts): Deleting {
  const { files, folders, fileByRoot, index, project, fileOf } = parts;

  return {
    *workUnit(workUnit) {
      const node = own(workUnit);
      const doomed = [node, ...nestedWorkUnits(index, node.element)].reverse();
      yield* remove(node, doomed, []);
    },
    *folder(object) {
      const folder = folders.find(({ node }) => node === object);
      if (folder === undefined) throw new TypeError(`"${object.name}" is not a physical folder`);
      const gone = foldersWithin(folders, folder).toReversed();
      const inside = filesWithin(files, gone);
      refuseUnread(parts, gone, inside);
      const units = inside.flatMap((file) => topWorkUnit(index, file) ?? []);
      const doomed = new Set(
        units.flatMap((node) => [...nestedWorkUnits(index, node.element)].reverse().concat(node)),
      );
      yield* remove(folder.node, [...doomed], gone);
    },
  };

  function* remove(
    top: ObjectNode,
    doomed: readonly ObjectNode[],
    gone: readonly PhysicalFolder[],
  ): Generator<void, void> {
    refuseIndispensable(index, project, top);
    parts.checkDeletion(doomed.map(({ file }) => file.filePath));
    const hung = [...doomed, ...gone.map(({ node }) => node)].flatMap((node) =>
      node.parent === null ? [] : [{ node, parent: node.parent }],
    );
    const log = new EditLog(index, fileOf);
    try {
      parts.undecided(log);
      for (const node of doomed) yield* removeObject(log, index, node);
      for (const folder of gone) {
        const entry = entryOf(folder);
        yield* removeObject(log, index, folder.node);
        log.remove(entry);
      }
      parts.undecided(null);
      yield* parts.saveSteps(doomed.map(({ file }) => file));
    } catch (failure) {
      parts.undecided(null);
      revertStep(log.take());
      for (const { node, parent } of hung) {
        if (folderOf(parent) === undefined) continue;
        unhangFromFolder(node, parent);
        hangInFolder(node, parent);
      }
      throw failure;
    }
    for (const { node, parent } of hung) if (folderOf(parent) !== undefined) unhangFromFolder(node, parent);
    for (const { file } of doomed) disown(file);
    for (const folder of gone) {
      folders.splice(folders.indexOf(folder), 1);
      removeEmptyDirectory(folder.savedDirectory);
    }
    parts.finished(log.take().changes);
  }

  function disown(file: ProjectFile): void {
    index.detach(file.document.root);
    fileByRoot.delete(file.document.root);
    files.splice(files.indexOf(file), 1);
  }

  function folderOf(parent: ObjectNode): PhysicalFolder | undefined {
    return folders.find(({ node }) => node === parent);
  }
}
