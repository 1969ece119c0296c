import { ObjectNode } from '../index/object-node.ts';
import type { WwiseObject } from '../model.ts';

/** The first child of that name. Wwise compares the names of siblings without case. */
export function childByName(parent: ObjectNode, name: string, except?: WwiseObject): ObjectNode | undefined;
export function childByName(parent: WwiseObject, name: string, except?: WwiseObject): WwiseObject | undefined;
export function childByName(
  parent: WwiseObject,
  name: string,
  except?: WwiseObject,
): WwiseObject | undefined {
  const wanted = name.toLowerCase();
  const called = parent instanceof ObjectNode ? parent.childrenCalled(wanted) : null;
  if (called !== null) return called.find((child) => child !== except);
  return parent.children.find((child) => child !== except && child.name.toLowerCase() === wanted);
}

/** `name`, or `name_01`, `name_02`... when a child of the parent has it, or something else that `isTaken` knows. */
export function freeChildName(name: string, parent: WwiseObject, isTaken: (name: string) => boolean): string {
  let candidate = name;
  for (let number = 1; childByName(parent, candidate) !== undefined || isTaken(candidate); number++)
    candidate = numbered(name, number);
  return candidate;
}

/** `name`, or `name_01`, `name_02`... when a sibling has it. */
export function freeName(name: string, siblings: readonly { readonly name: string }[]): string {
  const taken = new Set(siblings.map((sibling) => sibling.name.toLowerCase()));
  let candidate = name;
  for (let number = 1; taken.has(candidate.toLowerCase()); number++) candidate = numbered(name, number);
  return candidate;
}

function numbered(name: string, number: number): string {
  return `${name}_${String(number).padStart(2, '0')}`;
}
