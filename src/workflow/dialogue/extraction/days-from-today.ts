import { numberOf } from './numbers/number-words.ts';

/** The day so many days after today, as `2026-11-30`, in UTC. */
export function dayAfter(nowMs: number, days: number): string {
  return new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10);
}

interface SaidDays {
  readonly match: RegExpMatchArray;
  /** Days from today. Two where "next Friday" may be the coming one or the one after it. */
  readonly days: readonly number[];
}

/** Days counted from today: "in two weeks", "fra tre giorni", "on Friday", "venerdì prossimo". `folded`: small, without accents. */
export function relativeDays(folded: string, nowMs: number): readonly SaidDays[] {
  const counted = [...folded.matchAll(spans)].flatMap((match): SaidDays[] => {
    const count = countOf(match[1] ?? '');
    const times = /^(?:w|settiman)/.test(match[2] ?? '') ? 7 : 1;
    return count === undefined || count > 1_000 ? [] : [{ match, days: [count * times] }];
  });
  const today = new Date(nowMs).getUTCDay();
  const named = [...folded.matchAll(weekdays)].map((match): SaidDays => {
    const [, before = '', name = '', after = ''] = match;
    const index = week.findIndex((names) => names.split(' ').includes(name));
    // Said on a Friday, "Friday" is the next one.
    const days = (index - today + 7) % 7 || 7;
    return { match, days: before === '' && after === '' ? [days] : [days, days + 7] };
  });
  return [...counted, ...named];
}

const spans =
  /\b(?:in|within|tra|fra|entro)(?: +about| +circa)? +([a-z]+|\d{1,3}|a couple of|un paio di) +(days?|weeks?|giorn[oi]|settiman[ae])\b/g;

const week = [
  'sunday sun domenica',
  'monday mon lunedi',
  'tuesday tue tues martedi',
  'wednesday wed mercoledi',
  'thursday thu thurs giovedi',
  'friday fri venerdi',
  'saturday sat sabato',
];

const weekdays = new RegExp(
  `\\b(next +|prossim[oa] +)?(${week.join(' ').replaceAll(' ', '|')})\\b( +prossim[oa])?`,
  'g',
);

function countOf(word: string): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  if (['a', 'an', 'un', 'una'].includes(word)) return 1;
  return word.includes(' ') ? 2 : numberOf(word);
}
