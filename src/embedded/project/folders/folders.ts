import { join } from 'node:path';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { own } from '../../model/index/own.ts';
import { hangInFolder, type PhysicalFolder, unhangFromFolder } from '../../model/index/physical-folders.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import type { ModelChange, WwiseObject } from '../../model/model.ts';
import { EditLog } from '../../model/writing/edit-log.ts';
import { revertStep } from '../../model/writing/edit-step.ts';
import { writeObjectName } from '../../model/writing/rename-object.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { WwuElement } from '../../wwu/tree.ts';
import { refuseOutOfBounds, type WriteBounds } from '../saving/write-bounds.ts';
import { createPhysicalFolder } from './create-folder.ts';
import { type FolderParts, placeFolder } from './folder-places.ts';

export interface FoldersParts extends FolderParts {
  readonly folders: PhysicalFolder[];
  readonly index: ObjectIndex;
  readonly bounds: WriteBounds;
  fileOf(element: WwuElement): ProjectFile;
  /** Writes everything. Yields: see core/turns/turns.ts. */
  saveSteps(): Generator<void, unknown>;
  /** Called after each that is on disk at once and cannot be undone. */
  finished(changes: readonly ModelChange[]): void;
}

export interface Folders {
  /** Yields within its work. */
  create(parent: WwiseObject, name: string): Generator<void, WwiseObject>;
  /** An edit like others: it is recorded in the log, and the directory follows at the next save. */
  rename(log: EditLog, folder: WwiseObject, name: string): void;
  /** At once and for good, as a Work Unit is moved. */
  move(folder: WwiseObject, newParent: WwiseObject): Generator<void, void>;
  /** Undefined for an object that is no physical folder. */
  find(object: WwiseObject): PhysicalFolder | undefined;
}

/** Creates, renames and moves physical folders: directories of the project, each with its entry in the .wproj. */
export function createFolders(parts: FoldersParts): Folders {
  const { folders, index, project, fileOf } = parts;

  const find = (object: WwiseObject): PhysicalFolder | undefined =>
    folders.find(({ node }) => node === object);

  function known(object: WwiseObject): PhysicalFolder {
    const folder = find(object);
    if (folder === undefined) throw new TypeError(`"${object.name}" is not a physical folder`);
    return folder;
  }

  /** The hierarchies themselves are part of Wwise. */
  function movable(object: WwiseObject, verb: string): { folder: PhysicalFolder; parent: ObjectNode } {
    const folder = known(object);
    const { parent } = folder.node;
    if (parent !== null && parent !== project) return { folder, parent };
    throw waapiErrors.invalidArguments(`\\${folder.path} cannot be ${verb}.`, { object: object.id });
  }

  return {
    find,
    *create(parent, name) {
      refuseOutOfBounds(parts.bounds, [join(known(parent).directory, name)]);
      const folder = yield* createPhysicalFolder(
        ...([index, project, known(parent), name, fileOf] as const),
        parts.saveSteps,
      );
      folders.push(folder);
      parts.finished([
        { kind: 'created', object: folder.node },
        { kind: 'childAdded', parent, child: folder.node },
      ]);
      return folder.node;
    },
    rename(log, object, name) {
      const { folder, parent } = movable(object, 'renamed');
      if (object.name === name) return;
      placeFolder(log, parts, folder, placeBelow(known(parent), name));
      writeObjectName(log, index, folder.node, name);
    },
    *move(object, newParent) {
      const { folder, parent } = movable(object, 'moved');
      const target = own(newParent);
      const log = new EditLog(index, fileOf);
      try {
        placeFolder(log, parts, folder, placeBelow(known(target), object.name));
        unhangFromFolder(folder.node, parent);
        hangInFolder(folder.node, target);
        yield* parts.saveSteps();
      } catch (failure) {
        revertStep(log.take());
        unhangFromFolder(folder.node, target);
        unhangFromFolder(folder.node, parent);
        hangInFolder(folder.node, parent);
        throw failure;
      }
      parts.finished([
        { kind: 'childRemoved', parent, child: folder.node },
        { kind: 'childAdded', parent: target, child: folder.node },
      ]);
    },
  };
}

function placeBelow(parent: PhysicalFolder, name: string): Pick<PhysicalFolder, 'path' | 'directory'> {
  return { path: `${parent.path}\\${name}`, directory: join(parent.directory, name) };
}
