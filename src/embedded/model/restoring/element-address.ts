import { attribute, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectIndex } from '../index/object-index.ts';

/** Which child of its parent an element is: by name, what distinguishes it, and how many such come before it. */
export type ChildKey = readonly [name: string, key: string | null, nth: number];

/** Where an element is: from the object that holds it, by GUID, downwards. Outlives the process and other edits. */
export type ElementAddress = {
  readonly id: string;
  readonly path: readonly ChildKey[];
};

/** Undefined for what lies in no object. */
export function addressOf(index: ObjectIndex, target: WwuElement): ElementAddress | undefined {
  const path: ChildKey[] = [];
  for (let at = target; ; ) {
    const node = index.nodeOf(at);
    if (node !== undefined) return { id: node.id, path: path.reverse() };
    if (at.parent === null) return undefined;
    path.push(keyInParent(at.parent, at));
    at = at.parent;
  }
}

/** Undefined when it is not there, or no longer. */
export function elementAt(index: ObjectIndex, { id, path }: ElementAddress): WwuElement | undefined {
  let at = index.byId.get(id)?.element;
  for (const key of path) at = at === undefined ? undefined : childOf(at, key);
  return at;
}

export function keyInParent(parent: WwuElement, child: WwuElement): ChildKey {
  const key = keyOf(child);
  if (attribute(child, 'ID') !== undefined) return [child.name, key, 0];
  let nth = 0;
  for (const one of parent.children) {
    if (one === child) break;
    if (one.name === child.name && keyOf(one) === key) nth += 1;
  }
  return [child.name, key, nth];
}

export function childOf(parent: WwuElement, [name, key, nth]: ChildKey): WwuElement | undefined {
  let left = nth;
  for (const one of parent.children) {
    if (one.name !== name || keyOf(one) !== key) continue;
    if (left === 0) return one;
    left -= 1;
  }
  return undefined;
}

/** A child that is what a new one would be taken for; undefined where a list takes any number of such. */
export function twinOf(parent: WwuElement, child: WwuElement): WwuElement | undefined {
  const key = keyOf(child);
  if (key === null && /(?:List|Path)$/.test(parent.name)) return undefined;
  return childOf(parent, [child.name, key, 0]);
}

/** A GUID before a name; of what has neither the object it refers to. */
function keyOf(node: WwuElement): string | null {
  const own = attribute(node, 'ID') ?? attribute(node, 'Name');
  if (own !== undefined) return own;
  for (const child of node.children) {
    const referred = child.name.endsWith('Ref') ? attribute(child, 'ID') : undefined;
    if (referred !== undefined) return referred;
  }
  return null;
}
