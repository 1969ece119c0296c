import type { Span, Word } from '../words-of.ts';
import { isDownward } from './directions.ts';
import { numberOf } from './number-words.ts';
import { type AmountUnit, attachedUnitOf, inDigits, portionIn, unitOf } from './units.ts';

/** A number somebody said. */
export interface SaidNumber extends Span {
  readonly value: number;
  readonly unit: AmountUnit | undefined;
  /** What it was said in, where no field has that unit: "LUFS". */
  readonly foreignUnit: string | undefined;
  /** It is a part of the whole, as "half" is: what it comes to depends on the unit that is asked for. */
  readonly isPortion: boolean;
  /** It has no sign, and words around it say that it goes down: "3 dB quieter". */
  readonly isDownward: boolean;
  /** "one" or "uno" without a unit: it may stand for a thing ("a short one"). */
  readonly isPronoun: boolean;
  /** "not -6": what it is not. */
  readonly isDenied: boolean;
}

/** What a number is in the unit that is asked for; undefined where it was said in one that measures something else. */
export function amountIn(said: SaidNumber, unit: AmountUnit | undefined): number | undefined {
  if (said.isPortion) return portionIn(said.value, unit);
  if (said.unit === '%' && unit === 'dB') return portionIn(said.value / 100, 'dB');
  const isRelative = unit === 'dB' || unit === 'semitones' || unit === 'cents';
  return said.isDownward && isRelative ? -said.value : said.value;
}

/**
 * The numbers of an answer with their units, in digits or in words of English or Italian, in their order. `isItalian`: what a
 * single separator before three digits means, a thousand or a fraction.
 */
export function findNumbers(words: readonly Word[], isItalian: boolean): readonly SaidNumber[] {
  const found: SaidNumber[] = [];
  for (let index = 0; index < words.length; ) {
    const said = numberAt(words, index, isItalian);
    if (said === undefined) {
      index += 1;
      continue;
    }
    found.push(said.number);
    index = said.next;
  }
  return found;
}

interface Read {
  readonly number: SaidNumber;
  /** Index of the first word after it. */
  readonly next: number;
}

function numberAt(words: readonly Word[], first: number, isItalian: boolean): Read | undefined {
  const start = words[first];
  if (start === undefined) return undefined;
  const sign = signOf(words, first);
  const at = sign === undefined ? first : first + 1;
  const amount = amountAt(words, at, isItalian);
  if (amount === undefined) return undefined;
  const unit = unitAt(words, amount.next);
  const isPlural = amount.isArticle && unit === undefined;
  // "a" and "un" count only before a unit.
  if (isPlural) return undefined;
  let next = unit === undefined ? amount.next : unit.next;
  let { value } = amount;
  // "a second and a half", "un secondo e mezzo".
  const half = unit === undefined ? undefined : halfAfter(words, next);
  if (half !== undefined) {
    value += 0.5;
    next = half;
  }
  const end = words[next - 1]?.end ?? start.end;
  const factor = unit?.times ?? 1;
  return {
    number: {
      value: inDigits((sign ?? 1) * value * factor),
      unit: unit?.unit,
      foreignUnit:
        unit === undefined && foreignUnits.has(words[next]?.folded ?? '') ? words[next]?.text : undefined,
      isPortion: amount.isPortion && unit === undefined,
      isDownward: sign === undefined && value > 0 && isDownward(words, first, next),
      isPronoun:
        unit === undefined && ['one', 'uno', 'una'].includes(words[at]?.folded ?? '') && next === at + 1,
      isDenied: isDenied(words, first),
      start: start.start,
      end,
    },
    next,
  };
}

/** 1 or -1 where a sign leads the number: a hyphen only where nothing stands right before it. */
function signOf(words: readonly Word[], index: number): 1 | -1 | undefined {
  const word = words[index];
  const after = words[index + 1];
  if (word === undefined || after === undefined) return undefined;
  if (['minus', 'meno', 'negative', 'negativo'].includes(word.folded)) return -1;
  if (['plus', 'piu'].includes(word.folded)) return 1;
  const before = words[index - 1];
  const isAttached = before !== undefined && before.end === word.start && !/^[(:=,;]$/.test(before.text);
  if (isAttached) return undefined;
  if (['-', '−', '–'].includes(word.text)) return -1;
  return word.text === '+' ? 1 : undefined;
}

/** "not -6", and a limit, that is no amount: "less than 3 dB". */
function isDenied(words: readonly Word[], first: number): boolean {
  const [two = '', one = ''] = [words[first - 2]?.folded, words[first - 1]?.folded];
  if (one === 'not' || one === 'non') return true;
  return one === 'than' || (one === 'di' && (two === 'meno' || two === 'piu'));
}

interface Amount {
  readonly value: number;
  readonly next: number;
  readonly isPortion: boolean;
  readonly isArticle: boolean;
}

function amountAt(words: readonly Word[], index: number, isItalian: boolean): Amount | undefined {
  const word = words[index];
  if (word === undefined) return undefined;
  const amount = (value: number, next: number, more: Partial<Amount> = {}): Amount => ({
    ...{ value, next, isPortion: false, isArticle: false },
    ...more,
  });
  if (/^\.?\d/.test(word.text)) {
    if (isPartOfWord(words, index)) return undefined;
    const value = digitsOf(word.text, isItalian);
    return value === undefined ? undefined : withHalf(words, amount(value, index + 1));
  }
  if (word.text === '.' || word.text === ',') return undefined;
  const portion = portions.get(word.folded);
  if (portion !== undefined) {
    // "half a second", "mezzo secondo".
    let next = index + 1;
    while (next < index + 3 && isArticle(words[next])) next += 1;
    return unitAt(words, next) === undefined
      ? amount(portion, index + 1, { isPortion: true })
      : amount(portion, next);
  }
  const several = collectives.get(word.folded);
  if (several !== undefined) return amount(several, isArticle(words[index + 1]) ? index + 2 : index + 1);
  if (['a', 'an', 'un', 'una'].includes(word.folded)) {
    const follows = words[index + 1]?.folded ?? '';
    // "a whole tone", "una sola": the adjective counts for nothing, alone it stands for one.
    if (['sola', 'solo', 'single'].includes(follows)) return amount(1, index + 2);
    if (['whole', 'intero', 'intera', 'full'].includes(follows) && unitAt(words, index + 2) !== undefined)
      return amount(1, index + 2, { isArticle: true });
    if (shares.has(follows) && !portions.has(follows))
      return amount(shares.get(follows) ?? 1, index + 2, { isPortion: true });
    if (portions.has(follows) || collectives.has(follows)) return amountAt(words, index + 1, isItalian);
    // "un'ottava"
    return amount(1, follows === "'" ? index + 2 : index + 1, { isArticle: true });
  }
  const value = numberOf(word.folded);
  const share = value === undefined ? undefined : shares.get(words[index + 1]?.folded ?? '');
  if (value !== undefined && share !== undefined) {
    // "three quarters of a second", "un terzo".
    let next = index + 2;
    while (next < index + 4 && isArticle(words[next])) next += 1;
    return unitAt(words, next) === undefined
      ? amount(value * share, index + 2, { isPortion: true })
      : amount(value * share, next);
  }
  return value === undefined ? undefined : withHalf(words, inEnglish(words, index, amount(value, index + 1)));
}

/** "Step2" and "1e3" are no numbers; "6dB" is one. */
function isPartOfWord(words: readonly Word[], index: number): boolean {
  const [before, word, after] = [words[index - 1], words[index], words[index + 1]];
  const isLetters = (other: Word | undefined): boolean =>
    other !== undefined && /^[\p{L}_]/u.test(other.text);
  if (word === undefined) return false;
  if (before !== undefined && before.end === word.start && isLetters(before)) return true;
  return (
    after !== undefined &&
    after.start === word.end &&
    isLetters(after) &&
    after.folded !== 'ish' &&
    unitOf(after.folded) === undefined &&
    attachedUnitOf(after.folded) === undefined
  );
}

/** "twenty five", "twenty-five", "two hundred and ten". */
function inEnglish(words: readonly Word[], index: number, amount: Amount): Amount {
  let { value, next } = amount;
  const folded = (at: number): string => words[at]?.folded ?? '';
  const isTens = value >= 20 && value < 100 && value % 10 === 0;
  const at = folded(next) === '-' ? next + 1 : next;
  const one = numberOf(folded(at));
  if (isTens && one !== undefined && one > 0 && one < 10 && index < at) {
    value += one;
    next = at + 1;
  }
  if (folded(next) === 'hundred' || folded(next) === 'thousand' || folded(next) === 'mila') {
    value *= folded(next) === 'hundred' ? 100 : 1_000;
    next += 1;
    const rest = amountAt(words, folded(next) === 'and' ? next + 1 : next, false);
    if (rest !== undefined && !rest.isPortion && !rest.isArticle && rest.value < 100) {
      value += rest.value;
      next = rest.next;
    }
  }
  return { ...amount, value, next };
}

/** "two and a half", "due e mezzo", "one point five", "due virgola cinque". */
function withHalf(words: readonly Word[], amount: Amount): Amount {
  const half = halfAfter(words, amount.next);
  if (half !== undefined) return { ...amount, value: amount.value + 0.5, next: half };
  if (!['point', 'virgola', 'punto'].includes(words[amount.next]?.folded ?? '')) return amount;
  let digits = '';
  let next = amount.next + 1;
  for (; ; next += 1) {
    const digit =
      numberOf(words[next]?.folded ?? '') ??
      (/^\d+$/.test(words[next]?.text ?? '') ? Number(words[next]?.text) : undefined);
    if (digit === undefined || (digits !== '' && digit > 9)) break;
    digits += String(digit);
  }
  return digits === '' ? amount : { ...amount, value: Number(`${amount.value}.${digits}`), next };
}

/** Index after "and a half" or "e mezzo". */
function halfAfter(words: readonly Word[], index: number): number | undefined {
  const said = [0, 1, 2].map((more) => words[index + more]?.folded);
  if (said[0] === 'and' && said[1] === 'a' && said[2] === 'half') return index + 3;
  return said[0] === 'e' && (said[1] === 'mezzo' || said[1] === 'mezza') ? index + 2 : undefined;
}

function unitAt(words: readonly Word[], index: number) {
  const word = words[index];
  if (word === undefined) return undefined;
  // "per cento", "per cent".
  const second = words[index + 1]?.folded;
  if (word.folded === 'per' && (second === 'cento' || second === 'cent'))
    return { unit: '%' as const, times: 1, next: index + 2 };
  // "200c", "8k": letters that are a unit only right behind a number.
  const isAttached = words[index - 1]?.end === word.start && /\d$/.test(words[index - 1]?.text ?? '');
  const unit = unitOf(word.folded) ?? (isAttached ? attachedUnitOf(word.folded) : undefined);
  return unit === undefined ? undefined : { ...unit, next: index + 1 };
}

function isArticle(word: Word | undefined): boolean {
  return ['a', 'an', 'un', 'una', 'di', 'of', "'"].includes(word?.folded ?? '');
}

/** "a couple of seconds", "una dozzina". */
const collectives: ReadonlyMap<string, number> = new Map(
  Object.entries({
    couple: 2,
    paio: 2,
    dozen: 12,
    dozzina: 12,
    decina: 10,
    ventina: 20,
    trentina: 30,
    cinquantina: 50,
    centinaio: 100,
  }),
);

const shares: ReadonlyMap<string, number> = new Map(
  Object.entries({
    quarter: 0.25,
    quarters: 0.25,
    quarto: 0.25,
    quarti: 0.25,
    third: 1 / 3,
    thirds: 1 / 3,
    terzo: 1 / 3,
    terzi: 1 / 3,
  }),
);

const foreignUnits: ReadonlySet<string> = new Set(
  'lufs lu lkfs dbfs dbtp bpm bit bits fps px kg m km meter meters metre metres metri metro beats bars battute'.split(
    ' ',
  ),
);

const portions: ReadonlyMap<string, number> = new Map(
  Object.entries({
    unity: 1,
    full: 1,
    fully: 1,
    pieno: 1,
    half: 0.5,
    meta: 0.5,
    mezzo: 0.5,
    mezza: 0.5,
    quarter: 0.25,
    quarto: 0.25,
    double: 2,
    twice: 2,
    doppio: 2,
  }),
);

/** `1.5`, `1,5`, `1,500`, `1.234,5`. */
function digitsOf(text: string, isItalian: boolean): number | undefined {
  const separators = text.replaceAll(/\d/g, '');
  if (separators === '') return Number(text);
  const last = separators.at(-1) ?? '';
  const isMixed = new Set(separators).size > 1;
  if (!isMixed && separators.length > 1) {
    return /^\d{1,3}(?:[.,]\d{3})+$/.test(text) ? Number(text.replaceAll(last, '')) : undefined;
  }
  const digits = text.slice(text.lastIndexOf(last) + 1).length;
  const isThousand = !isMixed && digits === 3 && last === (isItalian ? '.' : ',') && /^[1-9]/.test(text);
  if (isThousand) return Number(text.replace(last, ''));
  const whole = text.slice(0, text.lastIndexOf(last)).replaceAll(/[.,]/g, '');
  return Number(`${whole}.${text.slice(text.lastIndexOf(last) + 1)}`);
}
