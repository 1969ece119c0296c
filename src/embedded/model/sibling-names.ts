import type { WwiseObject } from './model.ts';

/** A child by name. Wwise compares the names of siblings without case. */
export function childNamed<T extends WwiseObject>(
  parent: { readonly children: readonly T[] },
  name: string,
  except?: WwiseObject,
): T | undefined {
  const wanted = name.toLowerCase();
  return parent.children.find((child) => child !== except && child.name.toLowerCase() === wanted);
}

/** `name`, or `name_01`, `name_02`... when a sibling has it. */
export function freeName(name: string, siblings: readonly { readonly name: string }[]): string {
  const taken = new Set(siblings.map((sibling) => sibling.name.toLowerCase()));
  let candidate = name;
  for (let number = 1; taken.has(candidate.toLowerCase()); number++) {
    candidate = `${name}_${String(number).padStart(2, '0')}`;
  }
  return candidate;
}
