import type { ObjectIndex } from '../model/object-index.ts';
import type { ObjectNode } from '../model/object-node.ts';
import { pathOf } from '../model/paths.ts';

/** An object whose GUID another one had first: only that one is found by the GUID. */
export interface DuplicateId {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** The file that holds the second one. */
  readonly filePath: string;
  readonly first: {
    readonly type: string;
    readonly name: string;
    readonly path: string;
    readonly filePath: string;
  };
  /** How many more below it have the GUID of another object too. */
  readonly below: number;
}

/**
 * Objects that have the GUID of another, as merges and copied files leave them, topmost only: of a Work Unit that was copied
 * file and all, the Work Unit.
 */
export function duplicateIds(index: ObjectIndex): readonly DuplicateId[] {
  const second = new Set<ObjectNode>();
  for (const nodes of index.byType.values())
    for (const node of nodes) if (index.byId.get(node.id) !== node) second.add(node);
  if (second.size === 0) return [];
  const elements = new Map([...second].map((node) => [node.element, node] as const));
  const below = new Map<ObjectNode, number>();
  for (const node of second) {
    let top: ObjectNode | undefined;
    for (let at = node.element.parent; at !== null; at = at.parent) top = elements.get(at) ?? top;
    const counted = top ?? node;
    below.set(counted, (below.get(counted) ?? 0) + (top === undefined ? 0 : 1));
  }
  return [...below].flatMap(([node, count]): DuplicateId[] => {
    const first = index.byId.get(node.id);
    if (first === undefined) return [];
    const { id, type, name, file } = node;
    const other = { type: first.type, name: first.name, path: pathOf(first), filePath: first.file.filePath };
    return [{ id, type, name, filePath: file.filePath, first: other, below: count }];
  });
}
