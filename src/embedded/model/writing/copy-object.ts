import { attribute, cloneElement, type WwuElement, walk } from '../../wwu/tree.ts';
import { freshGuid } from '../creating/new-object.ts';
import { elementKind } from '../element-kind.ts';
import type { ObjectIndex } from '../object-index.ts';
import type { ObjectNode } from '../object-node.ts';
import { shortIdOfGuid } from '../short-id.ts';

/** An object to copy, and what its copy is called. */
export interface Original {
  readonly node: ObjectNode;
  readonly name: string;
}

/**
 * Copies of objects' elements with fresh GUIDs and short ids all the way down; references inside the copies follow them,
 * references to the outside stay. What is copied together may refer to each other, as nested Work Units do to what holds
 * them. `workUnitId`: that of the file the copies go to, where they are no Work Units themselves.
 */
export function copyElements(
  index: ObjectIndex,
  originals: readonly Original[],
  workUnitId: string | undefined,
): readonly WwuElement[] {
  const copies = originals.map(({ node }) => cloneElement(node.element));
  const renewed = new Map<string, string>();
  for (const copy of copies) {
    for (const inside of walk(copy)) {
      if (elementKind(inside) === 'definition')
        renewed.set((attribute(inside, 'ID') ?? '').toUpperCase(), freshGuid(index));
    }
  }
  const byId = new Map(originals.map((original) => [original.node.id, original]));
  for (const copy of copies) {
    for (const inside of walk(copy)) renew(inside, renewed, byId, workUnitId);
  }
  return copies;
}

/** The copy of one object. */
export function copyElement(
  index: ObjectIndex,
  node: ObjectNode,
  name: string,
  workUnitId: string | undefined,
): WwuElement {
  const [copy] = copyElements(index, [{ node, name }], workUnitId);
  if (copy === undefined) throw new TypeError('nothing was copied');
  return copy;
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
