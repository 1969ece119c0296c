import type { Leaf } from '../../dialogue.ts';
import type { FieldFinding } from '../../finding.ts';
import { isAlternative, isCorrection } from '../alternatives.ts';
import type { Found } from '../found.ts';
import { labelBefore, type SaidLabel } from '../labels.ts';
import { amountIn, type SaidNumber } from './numbers.ts';
import { converted } from './units.ts';

export interface NumbersSaid {
  readonly numbers: readonly SaidNumber[];
  readonly labels: readonly SaidLabel[];
  readonly text: string;
}

/**
 * Which number is for which field: the one named right before it, else one whose unit it has, those that were asked for first.
 * A number without a unit is for a field that was named or asked for only.
 */
export function numberFindings(
  { numbers, labels, text }: NumbersSaid,
  leaves: readonly Leaf[],
  asked: readonly Leaf[],
): readonly Found[] {
  const found: Found[] = [];
  const counted = numbers.filter(
    (said) =>
      !said.isDenied &&
      (!said.isPronoun || numbers.length === 1 || labelBefore(labels, said)?.end === said.start - 1),
  );
  const inTurn = [...asked, ...leaves.filter((leaf) => !asked.includes(leaf))].filter(
    ({ field }) => field.type === 'number',
  );
  for (const [index, said] of counted.entries()) {
    const named = labelBefore(labels, said) ?? labelAfter(labels, said, text);
    const isFree = (leaf: Leaf): boolean => found.every((one) => one.leaf !== leaf);
    const before = counted[index - 1];
    const between = before === undefined ? '' : text.slice(before.end, said.start);
    const last = found.at(-1);
    if (last !== undefined && last.span?.start === before?.start && fits(said, last.leaf)) {
      const again = findingOf(said, last.leaf, text.slice(said.start, said.end));
      const isOther =
        named !== undefined && named.start > (last.span?.start ?? 0) && named.path !== last.leaf.path;
      if (!isOther && isCorrection(between)) {
        found[found.length - 1] = { leaf: last.leaf, finding: again, span: said };
        continue;
      }
      if (!isOther && isAlternative(between, text.slice(0, before?.start))) {
        found[found.length - 1] = eitherOf(last, again, said, text);
        continue;
      }
    }
    const leaf =
      inTurn.find((one) => one.path === named?.path) ??
      inTurn.find(
        (one) => isFree(one) && (said.unit !== undefined || asked.includes(one)) && fits(said, one),
      ) ??
      asked.find((one) => one.field.type === 'number' && isFree(one)) ??
      onlyOneFor(said, inTurn, text);
    if (leaf === undefined || !isFree(leaf)) continue;
    // "full" and "unity" are amounts of a level only.
    if (said.isPortion && said.value === 1 && !fits(said, leaf)) continue;
    const finding = findingOf(said, leaf, text.slice(said.start, said.end));
    found.push({ leaf, finding, span: said });
  }
  return found;
}

/** "3 voices": the name of the field right behind a number without a unit. */
function labelAfter(labels: readonly SaidLabel[], said: SaidNumber, text: string): SaidLabel | undefined {
  if (said.unit !== undefined) return undefined;
  return labels.find(({ start }) => start >= said.end && text.slice(said.end, start).trim() === '');
}

/** A number with a sign is for the only field of numbers, though something else was asked: "on the SFX bus, -4". */
function onlyOneFor(said: SaidNumber, numeric: readonly Leaf[], text: string): Leaf | undefined {
  const [only, ...more] = numeric;
  return more.length === 0 && /^[-−–+]/.test(text.slice(said.start)) ? only : undefined;
}

function eitherOf(one: Found, other: FieldFinding, said: SaidNumber, text: string): Found {
  const start = one.span?.start ?? said.start;
  const words = text.slice(start, said.end);
  const all = [one.finding, other].flatMap((finding) =>
    finding.is === 'several'
      ? finding.candidates
      : finding.is === 'value'
        ? [{ value: finding.value, label: finding.words }]
        : [],
  );
  const [only] = all;
  const span = { start, end: said.end };
  if (only === undefined) return { ...one, span };
  return all.length === 1
    ? { leaf: one.leaf, finding: one.finding.is === 'value' ? one.finding : other, span }
    : { leaf: one.leaf, finding: { is: 'several', candidates: all, words }, span };
}

function fits(said: SaidNumber, { field }: Leaf): boolean {
  return valueFor(said, field.unit) !== undefined;
}

function findingOf(said: SaidNumber, { field }: Leaf, words: string): FieldFinding {
  const { min, max, unit } = field;
  const value = valueFor(said, unit);
  if (value === undefined)
    return {
      is: 'wrong',
      words,
      problem: { why: 'wrongUnit', unit: said.unit ?? said.foreignUnit ?? words },
    };
  if (min !== undefined && value < min) return { is: 'wrong', words, problem: { why: 'tooSmall', value } };
  if (max !== undefined && value > max) return { is: 'wrong', words, problem: { why: 'tooLarge', value } };
  return { is: 'value', value, words, layer: 'number' };
}

function valueFor(said: SaidNumber, unit: Leaf['field']['unit']): number | undefined {
  const amount = amountIn(said, unit);
  if (said.foreignUnit !== undefined && unit !== undefined) return undefined;
  if (amount === undefined || said.unit === undefined || said.isPortion) return amount;
  // A field without a unit takes the number as it was said.
  if (unit === undefined) return amount;
  if (said.unit === '%' && unit === 'dB') return amount;
  return converted(amount, said.unit, unit);
}
