import type { DuplicateObject } from '../../../core/backend/project-files.ts';
import type { ObjectIndex } from '../../model/index/object-index.ts';
import type { ObjectNode } from '../../model/index/object-node.ts';
import { pathOf } from '../../model/naming/paths.ts';

/**
 * Objects that have the GUID of another, as merges and copied files leave them, topmost only: of a Work Unit that was copied
 * file and all, the Work Unit.
 */
export function findDuplicateIds(index: ObjectIndex): readonly DuplicateObject[] {
  return secondDefinitions(index).map(({ node, first, below }) => {
    const { id, type, name, file } = node;
    const other = { type: first.type, name: first.name, path: pathOf(first), filePath: first.file.filePath };
    return { id, type, name, path: pathOf(node), filePath: file.filePath, first: other, below };
  });
}

/** An object of which another has the GUID, and is found by it. */
export interface SecondDefinition {
  readonly node: ObjectNode;
  readonly first: ObjectNode;
  /** How many below it are second ones too. */
  readonly below: number;
  /** Itself and those. */
  readonly twins: ReadonlySet<ObjectNode>;
}

/** The same, as the objects they are. */
export function secondDefinitions(index: ObjectIndex): readonly SecondDefinition[] {
  const second = new Set<ObjectNode>();
  for (const nodes of index.byType.values())
    for (const node of nodes) if (index.byId.get(node.id) !== node) second.add(node);
  if (second.size === 0) return [];
  const elements = new Map([...second].map((node) => [node.element, node] as const));
  const tops = new Map<ObjectNode, Set<ObjectNode>>();
  for (const node of second) {
    let top: ObjectNode = node;
    for (let at = node.element.parent; at !== null; at = at.parent) top = elements.get(at) ?? top;
    const twins = tops.get(top);
    if (twins === undefined) tops.set(top, new Set([top, node]));
    else twins.add(node);
  }
  return [...tops].flatMap(([node, twins]): SecondDefinition[] => {
    const first = index.byId.get(node.id);
    return first === undefined ? [] : [{ node, first, twins, below: twins.size - 1 }];
  });
}
