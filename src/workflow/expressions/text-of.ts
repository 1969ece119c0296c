import type { Json } from '../../core/json.ts';
import { type Evaluation, evaluationError, spend, stepsOfText } from './cel/evaluation.ts';

/**
 * A value as text: texts as they are, numbers and booleans as JSON writes them, null as nothing, lists and objects as JSON on one
 * line. Throws INVALID_INPUT where it is too much.
 */
export function textOf(value: Json, evaluation: Evaluation, offset: number): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    spend(evaluation, stepsOfText(value.length), offset);
    return value;
  }
  countValues(value, evaluation, offset);
  try {
    return JSON.stringify(value);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw evaluationError(evaluation, offset, `it has no text: ${why}.`, 'Take a part of it.');
  }
}

function countValues(value: Json, evaluation: Evaluation, offset: number): void {
  if (typeof value === 'string') spend(evaluation, stepsOfText(value.length), offset);
  if (typeof value !== 'object' || value === null) return;
  const members = Object.values(value);
  spend(evaluation, 1 + members.length, offset);
  for (const member of members) if (member !== undefined) countValues(member, evaluation, offset);
}
