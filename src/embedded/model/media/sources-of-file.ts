import { childNamed } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';

/**
 * The audio sources of the project that play this file of Originals, whatever their language; names compare without case.
 * Takes as long as there are such sources: importing thousands of files asks for each of them.
 */
export function sourcesOfFile(index: ObjectIndex, relativePath: string): readonly ObjectNode[] {
  const byFile = tableOf(index);
  const wanted = relativePath.toLowerCase();
  // A source may have left the project, or play another file since an undo.
  return [...(byFile.get(wanted) ?? [])].filter(
    (source) => index.byId.get(source.id) === source && fileOf(source) === wanted,
  );
}

/** A source was made to play another file. */
export function noteFile(index: ObjectIndex, source: ObjectNode): void {
  add(tableOf(index), source);
}

const tables = new WeakMap<ObjectIndex, Map<string, Set<ObjectNode>>>();

function tableOf(index: ObjectIndex): Map<string, Set<ObjectNode>> {
  const table = tables.get(index) ?? new Map<string, Set<ObjectNode>>();
  tables.set(index, table);
  for (const source of index.newSources.splice(0)) add(table, source);
  return table;
}

function add(table: Map<string, Set<ObjectNode>>, source: ObjectNode): void {
  const file = fileOf(source);
  if (file === undefined) return;
  const sources = table.get(file);
  if (sources === undefined) table.set(file, new Set([source]));
  else sources.add(source);
}

function fileOf({ element }: ObjectNode): string | undefined {
  return childNamed(element, 'AudioFile')?.text?.toLowerCase();
}
