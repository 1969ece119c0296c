import { dayAfter, relativeDays } from './days-from-today.ts';
import { fold, type Span } from './words-of.ts';

export interface SaidDate extends Span {
  /** `2026-11-30`. Two where the order of day and month is open. */
  readonly days: readonly string[];
}

/**
 * The dates of an answer: ISO, day and month in digits, with the month as a word in English or Italian, or from today on.
 * `nowMs` is what today is counted from, in UTC.
 */
export function findDates(text: string, isItalian: boolean, nowMs: number): readonly SaidDate[] {
  const said = fold(text);
  const found: SaidDate[] = [];
  const add = (match: RegExpMatchArray, ...days: readonly (string | undefined)[]): void => {
    const start = match.index ?? 0;
    const real = [...new Set(days.filter((day) => day !== undefined))];
    const isKnown = found.some((one) => start < one.end && one.start < start + match[0].length);
    if (real.length > 0 && !isKnown) found.push({ start, end: start + match[0].length, days: real });
  };
  for (const match of said.matchAll(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g))
    add(match, dayOf(Number(match[1]), Number(match[2]), Number(match[3])));
  for (const match of said.matchAll(/\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/g)) {
    const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const dayFirst = dayOf(year, second, first);
    // In Italian the day comes first; in English either may.
    if (isItalian) add(match, dayFirst);
    else add(match, dayOf(year, first, second), dayFirst);
  }
  for (const match of said.matchAll(
    /\b(\d{1,2})(?:st|nd|rd|th|°|º)? +(?:of +|di +)?([a-z]{3,9})\.?,? +(?:del +)?(\d{4})\b/g,
  ))
    add(match, dayOf(Number(match[3]), monthOf(match[2]), Number(match[1])));
  for (const match of said.matchAll(/\b([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\b/g))
    add(match, dayOf(Number(match[3]), monthOf(match[1]), Number(match[2])));
  const next = (month: number, day: number): string | undefined => nextDay(nowMs, month, day);
  for (const match of said.matchAll(
    /\b(\d{1,2}|primo|first)(?:st|nd|rd|th|°|º)? +(?:of +|di +)?([a-z]{3,9})\b/g,
  ))
    add(match, next(monthOf(match[2]), Number(match[1]) || 1));
  for (const match of said.matchAll(/\b([a-z]{3,9})\.? +(?:the +)?(\d{1,2})(?:st|nd|rd|th)?\b(?![/.,:]\d)/g))
    add(match, next(monthOf(match[1]), Number(match[2])));
  const bare = /^\s*(?:on |by |entro )?(?:the|il) +(\d{1,2})(?:st|nd|rd|th)?[\s.!]*$/.exec(said);
  if (bare !== null) {
    const month = new Date(nowMs).getUTCMonth();
    const days = [0, 1, 2].map((more) => next(((month + more) % 12) + 1, Number(bare[1])));
    add(bare, days.filter((day) => day !== undefined).toSorted()[0]);
  }
  for (const { match, days } of relativeDays(said, nowMs))
    add(match, ...days.map((more) => dayAfter(nowMs, more)));
  for (const match of said.matchAll(/\b[a-z]+(?: +[a-z]+){0,3}\b/g)) {
    for (const [words, days] of relative) {
      const at = ` ${match[0]} `.indexOf(` ${words} `);
      if (at < 0) continue;
      const inside = Object.assign([words] as RegExpMatchArray, { index: (match.index ?? 0) + at });
      add(inside, dayAfter(nowMs, days));
      break;
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** The next day of that name from today on. */
function nextDay(nowMs: number, month: number, day: number): string | undefined {
  const year = new Date(nowMs).getUTCFullYear();
  const today = dayAfter(nowMs, 0);
  return [0, 1, 2, 3, 4]
    .map((more) => dayOf(year + more, month, day))
    .find((one) => one !== undefined && one >= today);
}

const relative: readonly (readonly [string, number])[] = [
  ['day after tomorrow', 2],
  ['dopodomani', 2],
  ['tomorrow', 1],
  ['domani', 1],
  ['day before yesterday', -2],
  ['l altro ieri', -2],
  ['yesterday', -1],
  ['ieri', -1],
  ['today', 0],
  ['oggi', 0],
];

const months = [
  'january gennaio',
  'february febbraio',
  'march marzo',
  'april aprile',
  'may maggio',
  'june giugno',
  'july luglio',
  'august agosto',
  'september settembre',
  'october ottobre',
  'november novembre',
  'december dicembre',
];

/** From 1; 0 where it is none. The first three letters do. */
function monthOf(word = ''): number {
  return (
    months.findIndex((names) =>
      names.split(' ').some((name) => name === word || (word.length >= 3 && name.startsWith(word))),
    ) + 1
  );
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : undefined;
}
