import { attribute, childNamed } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { defaultStateProperties, supportsStates } from '../types/state-support.ts';
import { readFacts } from './read-facts.ts';

/** State Groups an object is associated with. */
export function readStateGroups(index: ObjectIndex, node: ObjectNode): readonly ObjectNode[] {
  return section(node, 'StateGroupList').flatMap((info) => {
    const group = refersTo(index, childNamed(info, 'StateGroupRef'));
    return group === null ? [] : [group];
  });
}

/** What States change: as listed, or the default properties. None for types without States. */
export function readStateProperties(node: ObjectNode): readonly string[] {
  const listed = section(node, 'StatePropertyList').flatMap((entry) => attribute(entry, 'Name') ?? []);
  if (listed.length > 0) return listed;
  const facts = readFacts(node);
  return facts === undefined || !supportsStates(node.type) ? [] : defaultStateProperties(facts);
}

/** The objects that hold an object's values in States, with the State each stands for. */
export function readCustomStates(
  index: ObjectIndex,
  node: ObjectNode,
): readonly { readonly state: ObjectNode | null; readonly values: ObjectNode }[] {
  return section(node, 'CustomStateList').flatMap((entry) => {
    const inner = childNamed(entry, 'CustomState') ?? childNamed(entry, 'State');
    const values = inner === undefined ? undefined : index.nodeOf(inner);
    return values === undefined ? [] : [{ state: refersTo(index, childNamed(entry, 'StateRef')), values }];
  });
}

function section(node: ObjectNode, name: string): ObjectNode['element']['children'] {
  const info = childNamed(node.element, 'StateInfo');
  return (info === undefined ? undefined : childNamed(info, name))?.children ?? [];
}

/** The object a `...Ref` element names; null without one. */
export function refersTo(index: ObjectIndex, ref: ObjectNode['element'] | undefined): ObjectNode | null {
  const id = ref === undefined ? undefined : attribute(ref, 'ID');
  return id === undefined ? null : (index.byId.get(id.toUpperCase()) ?? null);
}
