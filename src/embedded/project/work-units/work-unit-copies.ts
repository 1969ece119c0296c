import { basename } from 'node:path';
import type { ProjectFile } from '../../model/index/project-file.ts';
import { attribute } from '../../wwu/tree.ts';

/**
 * The files with copies behind the others. A file copied by hand (`Default Work Unit - Copy.wwu`, or one left in another
 * folder) repeats every id of the first; the Work Unit is the file that bears its name, wherever the copy sorts.
 */
export function copiesLast(files: readonly ProjectFile[]): readonly ProjectFile[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const file of files) {
    const id = idOf(file);
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  const isCopy = (file: ProjectFile): boolean => twice.has(idOf(file)) && !bearsItsName(file);
  return twice.size === 0 ? files : [...files.filter((file) => !isCopy(file)), ...files.filter(isCopy)];
}

function idOf({ document, filePath }: ProjectFile): string {
  return attribute(document.root, 'ID')?.toUpperCase() ?? filePath;
}

function bearsItsName({ document, filePath }: ProjectFile): boolean {
  const workUnit = document.root.children[0]?.children[0];
  const name = workUnit === undefined ? undefined : attribute(workUnit, 'Name');
  return name !== undefined && basename(filePath).toLowerCase() === `${name.toLowerCase()}.wwu`;
}
