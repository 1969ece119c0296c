import { WwiseFlowError } from '../../../../core/errors.ts';
import type { Json } from '../../../../core/json.ts';
import { compileExpression } from '../../../expressions/expression.ts';
import { showValue } from '../../../runtime/values/show-value.ts';
import { evaluateFor } from '../item-expression.ts';

export const formatNames = [
  'trim',
  'lower',
  'upper',
  'title',
  'snake',
  'kebab',
  'camel',
  'pascal',
  'text',
  'number',
  'boolean',
  'date',
] as const;

export type FormatName = (typeof formatNames)[number];

/**
 * A value in another form; null stays null. `number` and `boolean` read texts too, `date` gives the day as ISO 8601 has it. Throws
 * INVALID_INPUT for what has no such form.
 */
export function formatValue(value: Json, as: FormatName, digits: number | undefined): Json {
  if (value === null) return null;
  if (as === 'number') return rounding(numberFrom(value), digits);
  if (as === 'boolean') return booleanFrom(value);
  if (as === 'date') return dateFrom(value);
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'object'
        ? JSON.stringify(value)
        : shown(value, digits);
  // The functions of expressions have the same names, and mean the same.
  return as === 'text' ? text : evaluateFor(compileExpression(`${as}(item)`), text, 0);
}

function shown(value: number | boolean, digits: number | undefined): string {
  return typeof value === 'number' && digits !== undefined ? value.toFixed(digits) : String(value);
}

function numberFrom(value: Json): number {
  if (typeof value === 'number') return value;
  const number =
    typeof value === 'string' && value.trim() !== '' ? Number(value.trim().replace(',', '.')) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw misfit(value, 'a number');
}

function rounding(value: number, digits: number | undefined): number {
  return digits === undefined ? value : Number(value.toFixed(digits));
}

function booleanFrom(value: Json): boolean {
  if (typeof value === 'boolean') return value;
  const word =
    typeof value === 'string' || typeof value === 'number' ? String(value).trim().toLowerCase() : '';
  if (['true', 'yes', '1'].includes(word)) return true;
  if (['false', 'no', '0'].includes(word)) return false;
  throw misfit(value, 'true or false');
}

function dateFrom(value: Json): string {
  const atMs = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  const date = new Date(atMs);
  if (Number.isFinite(date.getTime())) return date.toISOString().slice(0, 10);
  throw misfit(value, 'a date');
}

function misfit(value: Json, what: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `${showValue(value)} is not ${what}.`, {
    hint: 'Filter out or mend such values before, or calculate the field by an expression.',
    details: { value },
  });
}
