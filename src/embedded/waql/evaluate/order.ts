import { longestRun, sortRuns } from '../../../core/turns/sort-runs.ts';
import type { WwiseObject } from '../../model/model.ts';
import type { TransformNode } from '../ast.ts';
import { choices } from '../choices.ts';
import { meaningError } from '../query-error.ts';
import type { Compiler } from './compile/compiler.ts';
import type { Flow } from './flow.ts';
import type { Value } from './value.ts';

type Sort = (input: Flow) => Flow;
interface Keyed {
  readonly object: WwiseObject;
  readonly key: Key;
}
type Key = string | number | boolean | null;

/** Sorts by one key, stable in both directions: nothing first, then false, true, numbers, texts without case. */
export function ordered(node: Extract<TransformNode, { kind: 'orderby' }>, compiler: Compiler): Sort {
  const path = compiler.path(node.key, 'query');
  const { position } = node.key;
  if (path.kind === 'object' || path.kind === 'objects' || path.kind === 'facts') throw notAKey(position);
  const direction = node.reverse ? -1 : 1;
  return function* (input) {
    const runs: Keyed[][] = [];
    let run: Keyed[] = [];
    for (const object of input) {
      if (object === null) {
        yield null;
        continue;
      }
      if (run.length === 0) runs.push(run);
      run.push({ object, key: keyOf(path.read(object), position) });
      if (run.length === longestRun) run = [];
    }
    const keyed = yield* sortRuns(runs, (a, b) => direction * compareKeys(a.key, b.key));
    for (const { object } of keyed) yield object;
  };
}

function keyOf(value: Value, position: number): Key {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  throw notAKey(position);
}

function compareKeys(a: Key, b: Key): number {
  if (a === b) return 0;
  const apart = rank(a) - rank(b);
  if (apart !== 0) return apart;
  // Keys of one rank are of one type; neither is null here, since equal ones went above.
  if (a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

function rank(key: Key): number {
  if (key === null) return choices.nothingSortsFirst ? 0 : 4;
  if (typeof key === 'boolean') return 1;
  return typeof key === 'number' ? 2 : 3;
}

function notAKey(position: number): Error {
  return meaningError(
    'orderby takes a text, a number or a truth value',
    position,
    'an object or a list',
    'a value, as in OutputBus.name',
  );
}
