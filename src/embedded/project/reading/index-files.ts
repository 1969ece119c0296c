import { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { linkPhysicalFolders, type PhysicalFolder } from '../../model/index/physical-folders.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import type { WwuElement } from '../../wwu/tree.ts';
import { copiesLast } from '../work-units/work-unit-copies.ts';
import type { ProjectFiles } from './read-files.ts';

export interface IndexedFiles {
  readonly index: ObjectIndex;
  /** The .wproj's object. */
  readonly project: ObjectNode;
  readonly folders: PhysicalFolder[];
  /** Files by the root of their document: to be kept up with what is added and removed. */
  readonly fileByRoot: Map<WwuElement, ProjectFile>;
  fileOf(element: WwuElement): ProjectFile;
}

/** The objects of files that were read, found by id, each in its place. Yields between two files. */
export function* indexFiles(
  { head, directoryOf }: Pick<ProjectFiles, 'head' | 'directoryOf'>,
  files: readonly ProjectFile[],
): Generator<void, IndexedFiles> {
  const fileByRoot = new Map<WwuElement, ProjectFile>(files.map((file) => [file.document.root, file]));
  const fileOf = (element: WwuElement): ProjectFile => {
    let root = element;
    while (root.parent !== null) root = root.parent;
    const file = fileByRoot.get(root);
    if (file === undefined) throw new TypeError(`<${element.name}> is in no file of the project`);
    return file;
  };
  const index = new ObjectIndex(fileOf);
  for (const file of copiesLast(files)) {
    yield;
    index.attach(file.document.root);
  }
  const project = index.nodeOf(head.project);
  if (project === undefined) throw new TypeError('the project element has no GUID');
  const folders = linkPhysicalFolders(index, project, head, files, directoryOf);
  return { index, project, folders, fileByRoot, fileOf };
}
