import { statSync } from 'node:fs';

/** True when both paths lead to one file or directory: where case does not matter, `ambience.wwu` is `Ambience.wwu`. */
export function isSamePlace(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.toLowerCase() !== other.toLowerCase()) return false;
  const [left, right] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return left !== undefined && right !== undefined && left.ino === right.ino && left.dev === right.dev;
}
