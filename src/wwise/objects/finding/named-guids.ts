import { isGuid } from './object-designator.ts';

/** More than this per record would make the audit larger than the project. */
const MOST_GUIDS = 64;

/** The GUIDs that stand anywhere in these values, upper case, each once, at most 64. */
export function namedGuids(...values: readonly unknown[]): string[] {
  const found = new Set<string>();
  const open: unknown[] = values.toReversed();
  // A hard end, so that a huge answer of a query costs nothing noticeable.
  for (let steps = 0; open.length > 0 && steps < 4_096 && found.size < MOST_GUIDS; steps += 1) {
    const value = open.pop();
    if (typeof value === 'string') {
      const guid = value.startsWith('id:') ? value.slice(3) : value;
      if (isGuid(guid)) found.add(guid.toUpperCase());
    } else if (typeof value === 'object' && value !== null) open.push(...Object.values(value).toReversed());
  }
  return [...found];
}
