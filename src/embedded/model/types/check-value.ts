import type { Json } from '../../../core/json.ts';
import type { PropertyFacts, PropertyValue } from '../model.ts';

export type CheckedValue =
  | { readonly ok: true; readonly value: PropertyValue }
  | { readonly ok: false; readonly problem: string };

/**
 * Whether a property takes a value: its type, its range, its enumeration. Wwise's tables give the limits; a value outside is
 * refused rather than clamped, so that nobody is made to believe a value was set that was not. Numbers and booleans may come as text,
 * as clients that keep every value in a string send them.
 */
export function checkValue(facts: PropertyFacts, given: Json): CheckedValue {
  if (facts.type === 'string') {
    return typeof given === 'string' ? { ok: true, value: given } : wrongType(facts, given);
  }
  const value = typeof given === 'string' ? meantBy(given) : given;
  if (facts.type === 'bool') {
    if (typeof value === 'boolean') return { ok: true, value };
    return value === 0 || value === 1 ? { ok: true, value: value === 1 } : wrongType(facts, value);
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(facts, value);
  return checkNumber(facts, value);
}

function meantBy(text: string): Json {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  if (word.length > longestNumber) return text;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word) ? Number(word) : text;
}

const longestNumber = 100;

function checkNumber(facts: PropertyFacts, value: number): CheckedValue {
  const { name, min, max, type } = facts;
  if (!type.startsWith('Real') && !Number.isInteger(value)) {
    return { ok: false, problem: `Property ${name} takes a whole number, not ${value}.` };
  }
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    return {
      ok: false,
      problem: `Property ${name} takes values from ${min ?? '-∞'} to ${max ?? '∞'}; ${value} is outside.`,
    };
  }
  const isChoice = choicesOf(facts).some((choice) => choice.value === value);
  return isChoice || choicesOf(facts).length === 0 ? { ok: true, value } : wrongType(facts, value);
}

function wrongType(facts: PropertyFacts, value: Json): CheckedValue {
  return {
    ok: false,
    problem: `Property ${facts.name} takes ${whatItTakes(facts)}, not ${JSON.stringify(value)}.`,
  };
}

/** The choices by value and label where there are any; a label alone says nothing to Wwise. */
function whatItTakes(facts: PropertyFacts): string {
  const choices = choicesOf(facts).map(({ value, label }) => `${value} (${label})`);
  if (choices.length > 0) return `one of ${choices.join(', ')}`;
  return `${/^[aeiou]/i.test(facts.type) ? 'an' : 'a'} ${facts.type}`;
}

function choicesOf(facts: PropertyFacts): NonNullable<PropertyFacts['enum']> {
  return facts.enum ?? [];
}
