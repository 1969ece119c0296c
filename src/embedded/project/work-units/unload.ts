import { nestedWorkUnits } from '../../model/index/nested-work-units.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { own } from '../../model/index/own.ts';
import { isFileDirty, type ProjectFile } from '../../model/index/project-file.ts';
import type { WwiseObject } from '../../model/model.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { WwuElement } from '../../wwu/tree.ts';
import { readFile } from '../reading/read-files.ts';

export interface UnloadParts {
  readonly files: readonly ProjectFile[];
  readonly fileByRoot: Map<WwuElement, ProjectFile>;
  readonly index: ObjectIndex;
  /** Called after each: edits of before no longer fit the tree. */
  finished(): void;
}

export interface Unloading {
  unload(workUnit: WwiseObject): void;
  load(workUnit: WwiseObject): void;
}

/**
 * Takes Work Units out of memory and back in. An unloaded one stays as an empty object; those nested in it go with their
 * placeholders. References to what is gone read as unset and stay in their files as they are.
 */
export function createUnloading({ files, fileByRoot, index, finished }: UnloadParts): Unloading {
  return {
    unload(workUnit) {
      const node = fileWorkUnit(workUnit);
      if (!node.file.isLoaded) return;
      const nested = nestedWorkUnits(index, node.element);
      const unsaved = [node, ...nested].filter(({ file }) => isFileDirty(file));
      if (unsaved.length > 0) {
        const names = unsaved.map(({ name }) => `"${name}"`).join(', ');
        throw waapiErrors.invalidArguments(
          `Work Unit ${names} has unsaved changes: save the project first.`,
          {
            objects: unsaved.map(({ id }) => id),
          },
        );
      }
      for (const { file } of nested) {
        index.detach(file.document.root);
        file.isLoaded = false;
      }
      for (const child of node.element.children) index.detach(child);
      node.element.children = [];
      node.cachedChildren = null;
      node.file.isLoaded = false;
      finished();
    },
    load(workUnit) {
      const node = fileWorkUnit(workUnit);
      if (node.file.isLoaded) return;
      const fresh = readAgain(node.file);
      const read = fresh.document.root.children[0]?.children[0];
      if (read === undefined || read.name !== 'WorkUnit')
        throw unreadable(node.file, 'it holds no Work Unit');
      adoptContent(node.element, read);
      replaceDocument(node.file, fresh);
      for (const child of node.element.children) index.attach(child);
      node.cachedChildren = null;
      index.childNames.forget();
      loadNested(node);
      finished();
    },
  };

  /** Nested Work Units come back with the placeholders that the outer file has now. */
  function loadNested(outer: ObjectNode): void {
    for (const file of files) {
      if (file.isLoaded || file === outer.file) continue;
      const id = file.document.root.attributes.find(({ name }) => name === 'ID')?.value.toUpperCase() ?? '';
      if (index.placeholderOf(id) === undefined || index.byId.has(id)) continue;
      const fresh = readAgain(file);
      replaceDocument(file, fresh);
      index.attach(file.document.root);
    }
  }

  function replaceDocument(file: ProjectFile, fresh: ProjectFile): void {
    fileByRoot.delete(file.document.root);
    file.document = fresh.document;
    file.savedHash = fresh.savedHash;
    file.isLoaded = true;
    fileByRoot.set(file.document.root, file);
  }
}

/** The object stays the same one: its element takes over what the file says now, in the new document's tree. */
function adoptContent(element: WwuElement, read: WwuElement): void {
  const holder = read.parent;
  if (holder === null) return;
  holder.children = holder.children.map((child) => (child === read ? element : child));
  element.parent = holder;
  element.attributes = read.attributes;
  element.layout = read.layout;
  element.text = read.text;
  element.children = read.children;
  for (const child of element.children) child.parent = element;
}

function readAgain(file: ProjectFile): ProjectFile {
  try {
    return readFile(file.savedPath ?? file.filePath, 'WorkUnit', file.schema);
  } catch (problem) {
    throw unreadable(file, problem instanceof Error ? problem.message : String(problem));
  }
}

function unreadable(file: ProjectFile, reason: string): Error {
  return waapiErrors.fileError(`${file.filePath} cannot be loaded: ${reason}.`, { files: [file.filePath] });
}

function fileWorkUnit(workUnit: WwiseObject): ObjectNode {
  const node = own(workUnit);
  if (node.type === 'WorkUnit' && node.folderChildren === null) return node;
  throw waapiErrors.invalidArguments(`"${node.name}" is not a Work Unit with a file of its own.`, {
    object: node.id,
  });
}
