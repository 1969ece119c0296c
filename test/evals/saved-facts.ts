import { type Element, parentOf, type SavedProject, savedValue, targetOf } from '../../bench/agent/wwu.ts';
import type { Fact } from './claim.ts';

/**
 * Why the files say otherwise than a claimed fact; undefined where they agree, or are silent: a value that does not stand in them
 * is a default, and is not judged.
 */
export function untrue(fact: Fact, saved: SavedProject): string | undefined {
  const found = at(fact.path, saved);
  const [object] = found;
  if (fact.is === 'gone') return object === undefined ? undefined : `${fact.path} is there`;
  if (object === undefined) return `${fact.path} is not there`;
  // Of two with one path neither can be meant for certain.
  if (found.length > 1) return undefined;
  if (fact.property !== undefined && fact.value !== undefined) {
    const value = savedValue(object, fact.property);
    if (value !== undefined && !isSame(value, String(fact.value)))
      return `${fact.path} has ${fact.property} ${value}, not ${fact.value}`;
  }
  if (fact.reference !== undefined && fact.target !== undefined) {
    const target = targetOf(object, fact.reference);
    if (target?.toLowerCase() !== lastOf(fact.target))
      return `${fact.path} has ${fact.reference} ${target ?? 'not in the file'}, not ${fact.target}`;
  }
  return undefined;
}

/** What comes last in a path, `Type:Name` or name, in lower case. */
export function lastOf(path: string): string {
  return (
    path
      .trim()
      .split(/[\\/:]/)
      .at(-1) ?? ''
  )
    .trim()
    .toLowerCase();
}

/** The objects whose chain of names, as far up as their file knows it, ends the path. */
function at(path: string, saved: SavedProject): readonly Element[] {
  const names = path.toLowerCase().split('\\').filter(Boolean);
  return saved
    .withName(names.at(-1) ?? '')
    .filter((object) => chainOf(object).every((name, up) => name === names.at(-1 - up)));
}

/** The names from an object up to its Work Unit. */
function chainOf(object: Element): readonly string[] {
  const above = parentOf(object);
  const name = (object.attributes.Name ?? '').toLowerCase();
  return above !== undefined && 'ID' in above.attributes && 'Name' in above.attributes
    ? [name, ...chainOf(above)]
    : [name];
}

function isSame(saved: string, claimed: string): boolean {
  const [a, b] = [Number(saved), Number(claimed)];
  // A choice by its label stands in the file as a number.
  if (Number.isNaN(a) !== Number.isNaN(b)) return true;
  return Number.isNaN(a) ? saved.toLowerCase() === claimed.toLowerCase() : Math.abs(a - b) < 1e-6;
}
