import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { newGuid } from '../../model/ids/guid.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { hangInFolder, type PhysicalFolder } from '../../model/index/physical-folders.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import { ensureSection } from '../../model/structure/sections.ts';
import { EditLog } from '../../model/writing/edit-log.ts';
import { revertStep } from '../../model/writing/edit-step.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { attribute, element, type WwuElement } from '../../wwu/tree.ts';
import { removeEmptyDirectory } from './move-directories.ts';

/** Adds a physical folder: a directory, and an entry of the .wproj in its place by path. Both are there at once. Yields within its work. */
export function* createPhysicalFolder(
  index: ObjectIndex,
  project: ObjectNode,
  parent: PhysicalFolder,
  name: string,
  fileOf: (element: WwuElement) => ProjectFile,
  saveSteps: () => Generator<void, unknown>,
): Generator<void, PhysicalFolder> {
  const path = `${parent.path}\\${name}`;
  const directory = join(parent.directory, name);
  refuseForeignWorkUnits(directory);
  const isNew = !existsSync(directory);
  const workUnit = element('WorkUnit', { Name: name, ID: newGuid(), PersistMode: 'Standalone' });
  const log = new EditLog(index, fileOf);
  try {
    const list = ensureSection(log, project.element, 'PhysicalFolderList');
    const at = list.children.findIndex((entry) => (attribute(entry, 'Path') ?? '') > path);
    const entry = element('PhysicalFolder', { Path: path }, [workUnit]);
    log.insert(list, at === -1 ? list.children.length : at, entry);
    makeDirectory(directory);
    yield* saveSteps();
  } catch (failure) {
    revertStep(log.take());
    if (isNew) removeEmptyDirectory(directory);
    throw failure;
  }
  const node = index.nodeOf(workUnit);
  if (node === undefined) throw new TypeError('the new folder did not become an object');
  node.folderChildren = [];
  hangInFolder(node, parent.node);
  return { path, directory, savedDirectory: directory, node };
}

/** A directory may be there already; Work Units in it would become part of the project unseen. */
function refuseForeignWorkUnits(directory: string): void {
  if (!existsSync(directory)) return;
  const files = readdirSync(directory).filter((name) => name.toLowerCase().endsWith('.wwu'));
  if (files.length === 0) return;
  throw waapiErrors.fileError(
    `${directory} is there already and holds Work Units that are not of the project: ${files.join(', ')}.`,
    { files: files.map((name) => join(directory, name)) },
  );
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure);
    throw waapiErrors.fileError(`The folder ${directory} cannot be made: ${reason}.`, { files: [directory] });
  }
}
