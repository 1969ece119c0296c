import { canonicalJson } from '../../../core/canonical-json.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { isJsonObject, type Json } from '../../../core/json.ts';
import { type LinearPattern, linearPattern } from '../../../core/text/linear-pattern.ts';
import { pathSegments, valueAt } from '../../expressions/value-at.ts';
import { showValue } from '../../runtime/values/show-value.ts';
import type { ConditionTerm, DataCondition } from './condition.ts';

/**
 * Whether a condition holds for a value. A list of conditions holds when all of them do. What is not there (and null) is missing
 * and empty, equals null, and otherwise compares as false. Pure, in time linear in the value.
 * Throws INVALID_INPUT where values cannot be compared by the operator, or a regular expression is none.
 */
export function conditionHolds(condition: DataCondition | readonly DataCondition[], subject: Json): boolean {
  if (typeof condition === 'boolean') return condition;
  if (isList(condition)) return condition.every((one) => conditionHolds(one, subject));
  const { operator, conditions = [] } = condition;
  if (operator === 'and') return conditions.every((one) => conditionHolds(one, subject));
  if (operator === 'or') return conditions.some((one) => conditionHolds(one, subject));
  if (operator === 'not') return !conditions.every((one) => conditionHolds(one, subject));
  return compares(condition, looksAt(condition, subject));
}

function isList(value: DataCondition | readonly DataCondition[]): value is readonly DataCondition[] {
  return Array.isArray(value);
}

function looksAt({ field, of }: ConditionTerm, subject: Json): Json {
  if (of !== undefined) return of;
  if (field === undefined || field === '') return subject;
  return valueAt(subject, pathSegments(field)) ?? null;
}

function compares(term: ConditionTerm, given: Json): boolean {
  const { operator, value = null, ignoreCase = false } = term;
  switch (operator) {
    case 'exists':
      return given !== null;
    case 'missing':
      return given === null;
    case 'empty':
      return isEmpty(given);
    case 'notEmpty':
      return !isEmpty(given);
    case 'isTrue':
      return given === true;
    case 'isFalse':
      return given === false;
    case 'equals':
      return isSame(given, value, ignoreCase);
    case 'notEquals':
      return !isSame(given, value, ignoreCase);
    case 'contains':
      return contains(given, value, ignoreCase);
    case 'notContains':
      return !contains(given, value, ignoreCase);
    case 'startsWith':
      return cased(textOf(given), ignoreCase).startsWith(cased(textOf(value), ignoreCase)) && given !== null;
    case 'endsWith':
      return cased(textOf(given), ignoreCase).endsWith(cased(textOf(value), ignoreCase)) && given !== null;
    case 'regex':
      return given !== null && patternOf(textOf(value), ignoreCase).test(textOf(given));
    case 'in':
      return contains(value, given, ignoreCase);
    default:
      return isOrdered(operator, given, value);
  }
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isSame(one: Json, other: Json, ignoreCase: boolean): boolean {
  if (one === other) return true;
  if (typeof one === 'string' && typeof other === 'string')
    return ignoreCase && one.toLowerCase() === other.toLowerCase();
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  return canonicalJson(one) === canonicalJson(other);
}

/** A part of a text, a member of a list, or a key of an object. */
function contains(whole: Json, part: Json, ignoreCase: boolean): boolean {
  if (whole === null) return false;
  if (Array.isArray(whole)) return whole.some((member) => isSame(member, part, ignoreCase));
  if (isJsonObject(whole)) return typeof part === 'string' && Object.hasOwn(whole, part);
  if (part === null) return false;
  return cased(textOf(whole), ignoreCase).includes(cased(textOf(part), ignoreCase));
}

function cased(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}

function textOf(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Numbers, and texts that are numbers, by their value; other texts by their characters, as dates of ISO 8601 are. */
function isOrdered(operator: string, given: Json, value: Json): boolean {
  if (given === null || value === null) return false;
  const numbers = [given, value].map(numberOf);
  const [one, other] = numbers;
  const order =
    one !== undefined && other !== undefined
      ? one - other
      : typeof given === 'string' && typeof value === 'string'
        ? compareTexts(given, value)
        : undefined;
  if (order === undefined) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `${showValue(given)} cannot be compared with ${showValue(value)} by "${operator}".`,
      {
        hint: 'Compare two numbers, or two texts; "exists" and "equals" take any value.',
        details: { operator, given, value },
      },
    );
  }
  if (operator === 'gt') return order > 0;
  if (operator === 'gte') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}

function numberOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The same few are asked about every item of a list. */
const patterns = new Map<string, LinearPattern>();
const mostPatterns = 100;

function patternOf(source: string, ignoreCase: boolean): LinearPattern {
  const key = `${ignoreCase ? 'i' : '-'}${source}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const compiled = compilePattern(source, ignoreCase);
  if (patterns.size >= mostPatterns) patterns.clear();
  patterns.set(key, compiled);
  return compiled;
}

function compilePattern(source: string, ignoreCase: boolean): LinearPattern {
  try {
    return linearPattern(source, ignoreCase ? 'i' : '');
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'it is none';
    throw new WwiseFlowError('INVALID_INPUT', `${showValue(source)} is no regular expression: ${why}.`, {
      hint: 'Write one without lookaround and back-references, as "^vo_[0-9]+$".',
      details: { regex: source },
    });
  }
}
