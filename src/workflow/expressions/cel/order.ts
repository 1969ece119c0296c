import type { Json } from '../../../core/json.ts';
import { type Evaluation, evaluationError, spend, stepsOfText, typeName } from './evaluation.ts';

/** The items in the order of their keys: numbers by size, texts as people count ("2" before "10"). Equal ones keep their order. */
export function sortedBy(
  items: readonly Json[],
  keyOf: (item: Json) => Json,
  evaluation: Evaluation,
  offset: number,
): readonly Json[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  const isOfNumbers = keyed.every(({ key }) => typeof key === 'number');
  const odd = isOfNumbers ? undefined : keyed.find(({ key }) => typeof key !== 'string');
  if (odd !== undefined) {
    const message = `what to sort by is ${typeName(odd.key)}; all are to be numbers, or all texts.`;
    throw evaluationError(evaluation, offset, message, 'Write toText(x) or toNumber(x) around it.');
  }
  const comparisons = items.length * Math.ceil(Math.log2(items.length + 1));
  const longest = keyed.reduce(
    (most, { key }) => Math.max(most, typeof key === 'string' ? key.length : 0),
    0,
  );
  spend(evaluation, comparisons * stepsOfText(longest), offset);
  return keyed.sort((one, other) => compare(one.key, other.key)).map(({ item }) => item);
}

function compare(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return byCount.compare(String(a), String(b));
}

/** The same on every machine, whatever its language. */
const byCount = new Intl.Collator('en', { numeric: true });
