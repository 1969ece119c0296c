import type { JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { Problem, Report } from '../compiler/problem.ts';
import { below } from './json-pointer.ts';
import { adviceFor, knownWordFor } from './other-words.ts';

export interface Keys {
  readonly known: readonly string[];
  /** The known ones and those that only concern drawing. */
  readonly accepted: ReadonlySet<string>;
  /** Keys the format has but this version does not execute, with what to do instead. */
  readonly unsupported: Readonly<Record<string, string>>;
}

/** The keys an object of a document may have. */
export function documentKeys(
  known: readonly string[],
  presentation: readonly string[] = [],
  unsupported: Readonly<Record<string, string>> = {},
): Keys {
  return { known, accepted: new Set([...known, ...presentation]), unsupported };
}

/** Law: no key of a document is dropped in silence. Reports the unknown ones and those not supported yet. */
export function readKeys(
  object: JsonObject,
  pointer: string,
  what: string,
  keys: Keys,
  report: Report,
  node?: string,
): void {
  for (const key of Object.keys(object)) {
    if (keys.accepted.has(key)) continue;
    const value = object[key];
    const keyPointer = below(pointer, key);
    const instead = Object.hasOwn(keys.unsupported, key) ? keys.unsupported[key] : undefined;
    if (instead === undefined) report(named(unknownKey(object, key, pointer, what, keys), node));
    else if (!isEmpty(value)) report(named(unsupportedKey(key, keyPointer, instead), node));
  }
}

function unknownKey(object: JsonObject, key: string, pointer: string, what: string, keys: Keys): Problem {
  const word = knownWordFor(key, keys.known);
  const candidates = word === undefined ? nearest(key, keys.known) : [word];
  const [best] = candidates;
  const from = below(pointer, key);
  const free = best !== undefined && object[best] === undefined;
  const meant = word === undefined ? didYouMean(key, keys.known) : ` Did you mean "${word}"?`;
  const advice = adviceFor(key, keys.known);
  return {
    code: 'WORKFLOW_INVALID',
    message: `${what} has no key "${key}".${advice === undefined ? meant : ` ${advice}`}`,
    pointer: from,
    expected: `one of: ${keys.known.join(', ')}`,
    ...(candidates.length === 0 ? {} : { didYouMean: candidates }),
    suggestion: free ? [{ op: 'move', from, path: below(pointer, best) }] : [{ op: 'remove', path: from }],
  };
}

function unsupportedKey(key: string, pointer: string, instead: string): Problem {
  return {
    code: 'WORKFLOW_INVALID',
    message: `"${key}" is not supported yet. ${instead}`,
    pointer,
    suggestion: [{ op: 'remove', path: pointer }],
  };
}

/** An empty value asks for nothing, so nothing is ignored by accepting it. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function named(problem: Problem, node: string | undefined): Problem {
  return node === undefined ? problem : { ...problem, node };
}
