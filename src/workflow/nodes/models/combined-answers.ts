import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** What several batches gave as one: lists behind each other, numbers that count summed, of anything else the last. */
export function combinedAnswers(answers: readonly JsonObject[]): JsonObject {
  const [first = {}, ...others] = answers;
  return others.reduce((sum, one) => both(sum, one), first);
}

function both(one: JsonObject, other: JsonObject): JsonObject {
  const made: Record<string, Json> = {};
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [left, right] = [one[name], other[name]];
    if (right === undefined) made[name] = left ?? null;
    else if (Array.isArray(left) && Array.isArray(right))
      made[name] = [...asJsonArray(left), ...asJsonArray(right)];
    else if (isJsonObject(left) && isJsonObject(right)) made[name] = both(left, right);
    else if (typeof left === 'number' && typeof right === 'number' && /^(total|count)/i.test(name))
      made[name] = left + right;
    else made[name] = right;
  }
  return made;
}
