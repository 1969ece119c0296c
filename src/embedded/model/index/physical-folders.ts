import { dirname } from 'node:path';
import { attribute, childNamed } from '../../wwu/tree.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectNode } from './object-node.ts';
import type { ProjectFile } from './project-file.ts';
import type { ProjectHead } from './project-head.ts';

/** A folder of the project on disk and the object that stands for it. */
export interface PhysicalFolder {
  /** Relative to the project, with backslashes: `Containers\SFX`. */
  path: string;
  /** Absolute: where it is, or will be once saved. */
  directory: string;
  /** Where it is now. */
  savedDirectory: string;
  readonly node: ObjectNode;
}

/**
 * Hangs top folders under the project, folders under folders and each Work Unit under the folder its file lies in.
 * Work Units and folders stand in no ChildrenList: their place on disk is their place in the hierarchy.
 */
export function linkPhysicalFolders(
  index: ObjectIndex,
  project: ObjectNode,
  head: ProjectHead,
  files: readonly ProjectFile[],
  directoryOf: (path: string) => string,
): PhysicalFolder[] {
  const folders: PhysicalFolder[] = [];
  for (const { path, workUnit } of head.physicalFolders) {
    const node = index.nodeOf(workUnit);
    const directory = directoryOf(path);
    if (node !== undefined) folders.push({ path, directory, savedDirectory: directory, node });
  }
  const byPath = new Map(folders.map((folder) => [folder.path.toLowerCase(), folder]));
  const byDirectory = new Map(folders.map((folder) => [folder.directory, folder]));
  project.folderChildren = [];
  for (const { node } of folders) node.folderChildren = [];
  for (const { path, node } of folders) {
    const cut = path.lastIndexOf('\\');
    const parent = cut === -1 ? project : (byPath.get(path.slice(0, cut).toLowerCase())?.node ?? project);
    hang(node, parent);
  }
  for (const file of files) {
    const node = topWorkUnit(index, file);
    const folder = byDirectory.get(dirname(file.filePath));
    if (node !== undefined && folder !== undefined && attribute(node.element, 'PersistMode') !== 'Nested')
      hang(node, folder.node);
  }
  return folders;
}

/** Hangs a Work Unit or folder that was just added under its folder. */
export function hangInFolder(workUnit: ObjectNode, folder: ObjectNode): void {
  hang(workUnit, folder);
}

export function unhangFromFolder(workUnit: ObjectNode, folder: ObjectNode): void {
  folder.folderChildren = (folder.folderChildren ?? []).filter((child) => child !== workUnit);
}

/** The one Work Unit a .wwu holds, whatever its hierarchy element is called. */
export function topWorkUnit(index: ObjectIndex, file: ProjectFile): ObjectNode | undefined {
  const hierarchy = file.document.root.children[0];
  const workUnit = hierarchy === undefined ? undefined : childNamed(hierarchy, 'WorkUnit');
  return workUnit === undefined ? undefined : index.nodeOf(workUnit);
}

function hang(node: ObjectNode, parent: ObjectNode): void {
  node.parent = parent;
  node.owner = null;
  parent.folderChildren?.push(node);
}
