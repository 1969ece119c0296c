import { isJsonObject, type Json } from '../../../core/json.ts';
import { type Evaluation, spend, stepsOfText } from './evaluation.ts';

/** Whether two values are the same JSON, whatever the order of members. Values of two types never are. */
export function isEqual(a: Json, b: Json, evaluation: Evaluation, offset: number): boolean {
  spend(evaluation, 1, offset);
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') {
    if (a.length === b.length) spend(evaluation, stepsOfText(a.length), offset);
    return false;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    return a.every((item: Json, index) => isEqual(item, b[index], evaluation, offset));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every(
    (name) => Object.hasOwn(b, name) && isEqual(a[name] ?? null, b[name] ?? null, evaluation, offset),
  );
}
