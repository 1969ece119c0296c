import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ObjectNode } from '../../model/index/object-node.ts';
import type { PhysicalFolder } from '../../model/index/physical-folders.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import type { EditLog } from '../../model/writing/edit-log.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { attribute, type WwuElement } from '../../wwu/tree.ts';
import { isSamePlace } from '../disk/same-place.ts';
import type { BrokenFile } from '../opened-project.ts';

export interface FolderParts {
  readonly files: readonly ProjectFile[];
  readonly brokenFiles: readonly BrokenFile[];
  readonly folders: readonly PhysicalFolder[];
  /** The .wproj's. */
  readonly project: ObjectNode;
}

/**
 * Gives a folder another place, with the folders and Work Units in it. The tree says so at once; directory and files move at
 * the next save. Throws, before any change, when something is in the way or a file in it is not in memory.
 */
export function placeFolder(
  log: EditLog,
  parts: FolderParts,
  folder: PhysicalFolder,
  place: Pick<PhysicalFolder, 'path' | 'directory'>,
): void {
  const inside = foldersWithin(parts.folders, folder);
  const files = filesWithin(parts.files, inside);
  refuseUnread(parts, inside, files);
  if (existsSync(place.directory) && !isSamePlace(place.directory, folder.savedDirectory)) {
    throw waapiErrors.fileError(`${place.directory} is there already: the folder cannot take its place.`, {
      files: [place.directory],
    });
  }
  const former = { path: folder.path, directory: folder.directory };
  const { file } = parts.project;
  for (const each of inside) {
    const path = place.path + each.path.slice(former.path.length);
    const directory = join(place.directory, each.directory.slice(former.directory.length));
    for (const workUnit of filesWithin(files, [each])) {
      log.setFilePath(workUnit, join(directory, workUnit.filePath.slice(each.directory.length)));
    }
    log.setAttribute(entryOf(each), 'Path', path);
    log.setFolderPlace(file, each, { path, directory });
  }
  sortEntries(log, inside.map(entryOf));
}

/** The folder and those below it, outer ones first. */
export function foldersWithin(
  folders: readonly PhysicalFolder[],
  outer: PhysicalFolder,
): readonly PhysicalFolder[] {
  const start = `${outer.path.toLowerCase()}\\`;
  return folders
    .filter((folder) => folder === outer || folder.path.toLowerCase().startsWith(start))
    .sort((a, b) => a.path.length - b.path.length);
}

/** The Work Unit files that lie in one of the folders. */
export function filesWithin(
  files: readonly ProjectFile[],
  folders: readonly PhysicalFolder[],
): readonly ProjectFile[] {
  const directories = new Set(folders.map(({ directory }) => directory));
  return files.filter(({ filePath }) => directories.has(dirname(filePath)) && filePath.endsWith('.wwu'));
}

/** Throws for files in the folders that are not in memory as they are: what is in them would be lost. */
export function refuseUnread(
  { brokenFiles }: Pick<FolderParts, 'brokenFiles'>,
  folders: readonly PhysicalFolder[],
  files: readonly ProjectFile[],
): void {
  const directories = new Set(folders.map(({ savedDirectory }) => savedDirectory));
  const broken = brokenFiles.filter(({ filePath }) => directories.has(dirname(filePath)));
  if (broken.length > 0) {
    const paths = broken.map(({ filePath }) => filePath);
    throw waapiErrors.fileError(`${paths.join(', ')} cannot be read: mend it first.`, { files: paths });
  }
  const unloaded = files.filter(({ isLoaded }) => !isLoaded).map(({ filePath }) => filePath);
  if (unloaded.length === 0) return;
  throw waapiErrors.invalidArguments(`${unloaded.join(', ')} is unloaded: load its Work Unit first.`, {
    files: unloaded,
  });
}

/** The entry of the .wproj that holds the folder's object. */
export function entryOf({ node, path }: PhysicalFolder): WwuElement {
  const entry = node.element.parent;
  if (entry === null) throw new TypeError(`the folder ${path} has no entry`);
  return entry;
}

/** Wwise keeps the list by path; the other entries stay as they are. */
function sortEntries(log: EditLog, moved: readonly WwuElement[]): void {
  const list = moved[0]?.parent;
  if (list === undefined || list === null) return;
  const order = list.children.filter((entry) => !moved.includes(entry));
  for (const entry of moved) {
    const path = attribute(entry, 'Path') ?? '';
    const at = order.findIndex((other) => (attribute(other, 'Path') ?? '') > path);
    order.splice(at === -1 ? order.length : at, 0, entry);
  }
  log.reorder(list, order);
}
