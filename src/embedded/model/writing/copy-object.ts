import { attribute, cloneElement, type WwuElement, walk } from '../../wwu/tree.ts';
import { freshGuid } from '../creating/new-object.ts';
import { shortIdOfGuid } from '../ids/short-id.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { freeNameIn, nameScope } from '../naming/unique-names.ts';

/** An object to copy, and what its copy is called. */
export interface Original {
  readonly node: ObjectNode;
  readonly name: string;
}

/**
 * Copies of objects' elements with fresh GUIDs and short ids all the way down; references inside the copies follow them,
 * references to the outside stay. What is copied together may refer to each other, as nested Work Units do to what holds
 * them. What must have a name of its own in the project, below what is copied, gets the next free one. `workUnitId`: that of the file the copies
 * go to, where they are no Work Units themselves. In steps; the project is not touched.
 */
export function* copyElements(
  index: ObjectIndex,
  originals: readonly Original[],
  workUnitId: string | undefined,
): Generator<void, readonly WwuElement[]> {
  const copies: WwuElement[] = [];
  for (const { node } of originals) copies.push(yield* cloneSteps(node.element));
  const renewed = new Map<string, string>();
  for (const copy of copies) {
    for (const inside of walk(copy)) {
      yield;
      if (elementKind(inside) === 'definition')
        renewed.set((attribute(inside, 'ID') ?? '').toUpperCase(), freshGuid(index));
    }
  }
  const byId = new Map(originals.map((original) => [original.node.id, original]));
  yield* nameInside(index, copies, byId);
  for (const copy of copies) {
    for (const inside of walk(copy)) {
      renew(inside, renewed, byId, workUnitId);
      yield;
    }
  }
  return copies;
}

/** The copy of one object. */
export function* copyElement(
  index: ObjectIndex,
  node: ObjectNode,
  name: string,
  workUnitId: string | undefined,
): Generator<void, WwuElement> {
  const [copy] = yield* copyElements(index, [{ node, name }], workUnitId);
  if (copy === undefined) throw new TypeError('nothing was copied');
  return copy;
}

/** `cloneElement`, with a yield behind each object. */
function* cloneSteps(node: WwuElement): Generator<void, WwuElement> {
  const copy = cloneElement({ ...node, children: [] });
  for (const child of node.children) {
    const isObjects = child.name === 'ChildrenList' || node.name === 'ChildrenList';
    const cloned = isObjects ? yield* cloneSteps(child) : cloneElement(child);
    cloned.parent = copy;
    copy.children.push(cloned);
  }
  yield;
  return copy;
}

/** Adds to `originals` what is copied along under another name. */
function* nameInside(
  index: ObjectIndex,
  copies: readonly WwuElement[],
  originals: Map<string, Original>,
): Generator<void, void> {
  const given = new Set<string>();
  for (const copy of copies) {
    for (const inside of walk(copy)) {
      yield;
      const node = index.byId.get((attribute(inside, 'ID') ?? '').toUpperCase());
      if (node === undefined || node.owner !== null || originals.has(node.id)) continue;
      if (elementKind(inside) !== 'definition') continue;
      const scope = nameScope(node.type, node.parent);
      if (scope === undefined) continue;
      const key = (name: string): string => `${scope}:${name.toLowerCase()}`;
      const name = freeNameIn(index, scope, node.name, (candidate) => given.has(key(candidate)));
      given.add(key(name));
      originals.set(node.id, { node, name });
    }
  }
}

function renew(
  inside: WwuElement,
  renewed: ReadonlyMap<string, string>,
  originals: ReadonlyMap<string, Original>,
  workUnitId: string | undefined,
): void {
  const kind = elementKind(inside);
  const before = (attribute(inside, 'ID') ?? '').toUpperCase();
  const id = renewed.get(before);
  if (id === undefined || kind === 'other') return;
  const original = originals.get(before);
  for (const entry of inside.attributes) {
    if (entry.name === 'ID') entry.value = id;
    else if (entry.name === 'ShortID') entry.value = String(shortIdOfGuid(id));
    else if (entry.name === 'OwnerID') entry.value = renewed.get(entry.value.toUpperCase()) ?? entry.value;
    else if (entry.name === 'WorkUnitID')
      entry.value = renewed.get(entry.value.toUpperCase()) ?? workUnitId ?? entry.value;
    else if (entry.name === 'Name' && original?.node.name === entry.value) entry.value = original.name;
  }
}
