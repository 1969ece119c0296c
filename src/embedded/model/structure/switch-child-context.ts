import { createHash } from 'node:crypto';
import { attribute, childNamed, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import { ObjectNode } from '../index/object-node.ts';
import type { PropertyFacts, TypeFacts } from '../model.ts';

/** The settings a Switch Container keeps for each of its children, as objects. */
export interface SwitchChildContexts {
  /** Null for a child without settings of its own; undefined for what is no child of a Switch Container. */
  of(child: ObjectNode): ObjectNode | null | undefined;
  /** The one with that id, once it was asked for and while it is in the project. */
  byId(id: string): ObjectNode | undefined;
}

/**
 * Files write these settings without a GUID (`GroupingBehavior`), and WAAPI shows them as objects that have one: it is made of
 * those of the container and the child, so that it stays the same.
 */
export function createSwitchChildContexts(index: ObjectIndex): SwitchChildContexts {
  const known = new Map<string, ObjectNode>();
  return {
    of(child) {
      const container = child.parent;
      if (container?.type !== 'SwitchContainer') return undefined;
      const settings = behaviorOf(container, child);
      if (settings === undefined) return null;
      const id = guidOf(`${container.id}${child.id}`);
      let node = known.get(id);
      if (node?.element !== settings) {
        node = new ObjectNode(id, switchChildContextType, settings, null, index);
        known.set(id, node);
      }
      node.owner = child;
      return node;
    },
    byId(id) {
      const node = known.get(id);
      return node !== undefined && index.holderOf(node.element) === node.owner?.parent ? node : undefined;
    },
  };
}

export const switchChildContextType = 'SwitchContainerChildContext';

function behaviorOf(container: ObjectNode, child: ObjectNode): WwuElement | undefined {
  const info = childNamed(container.element, 'GroupingInfo');
  const list = info === undefined ? undefined : childNamed(info, 'GroupingBehaviorList');
  return list?.children.find((behavior) => {
    const item = childNamed(behavior, 'ItemRef');
    return item !== undefined && attribute(item, 'ID')?.toUpperCase() === child.id;
  });
}

function guidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').toUpperCase();
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ];
  return `{${parts.join('-')}}`;
}

/** As project files write them; what they leave out is off or 0. */
const properties: readonly PropertyFacts[] = [
  { name: 'ContinuePlay', type: 'bool', default: false, rtpc: null, unlink: false },
  { name: 'FadeInTime', type: 'Real64', default: 0, rtpc: null, unlink: true },
  { name: 'FadeOutTime', type: 'Real64', default: 0, rtpc: null, unlink: true },
  { name: 'FirstOccurenceOnly', type: 'bool', default: false, rtpc: null, unlink: false },
];

/** The type table knows no such type. */
export const switchChildContextFacts: TypeFacts = {
  name: switchChildContextType,
  kind: 'object',
  classId: 0,
  properties: () => properties,
  references: () => [],
  lists: () => [],
  property: (name) => properties.find((known) => known.name.toLowerCase() === name.toLowerCase()),
  reference: () => undefined,
  list: () => undefined,
};
