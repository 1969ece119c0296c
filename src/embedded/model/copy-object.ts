import { attribute, cloneElement, type WwuElement, walk } from '../wwu/tree.ts';
import { elementKind } from './element-kind.ts';
import { freshGuid } from './new-object.ts';
import type { ObjectIndex } from './object-index.ts';
import type { ObjectNode } from './object-node.ts';
import { shortIdOfGuid } from './short-id.ts';

/**
 * A copy of an object's element with fresh GUIDs and short ids all the way down; references inside the copy follow it,
 * references to the outside stay.
 */
export function copyElement(
  index: ObjectIndex,
  node: ObjectNode,
  name: string,
  workUnitId: string | undefined,
): WwuElement {
  const copy = cloneElement(node.element);
  const renewed = new Map<string, string>();
  for (const inside of walk(copy)) {
    if (elementKind(inside) === 'definition')
      renewed.set((attribute(inside, 'ID') ?? '').toUpperCase(), freshGuid(index));
  }
  for (const inside of walk(copy)) renew(inside, renewed, node.name, name, node.id, workUnitId);
  return copy;
}

function renew(
  inside: WwuElement,
  renewed: ReadonlyMap<string, string>,
  oldName: string,
  newName: string,
  oldId: string,
  workUnitId: string | undefined,
): void {
  const kind = elementKind(inside);
  const before = (attribute(inside, 'ID') ?? '').toUpperCase();
  const id = renewed.get(before);
  if (id === undefined || kind === 'other') return;
  for (const entry of inside.attributes) {
    if (entry.name === 'ID') entry.value = id;
    else if (entry.name === 'ShortID') entry.value = String(shortIdOfGuid(id));
    else if (entry.name === 'WorkUnitID' && workUnitId !== undefined) entry.value = workUnitId;
    else if (entry.name === 'Name' && before === oldId && entry.value === oldName) entry.value = newName;
  }
}
