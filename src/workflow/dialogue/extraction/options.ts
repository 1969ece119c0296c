import { distance } from 'fastest-levenshtein';
import type { Candidate } from '../finding.ts';
import { plain } from './words-of.ts';

/** A way to say an option. */
export interface Option {
  readonly candidate: Candidate;
  /** Plain: see `plain`. */
  readonly ways: readonly string[];
}

/**
 * The options an answer names: all that are named, the surest way alone. First an answer that is nothing but one of them, then its
 * number in the list, then options that stand in it word by word (the longest where one is part of the other), then one that
 * is mistyped. One that is denied ("not the first") does not count.
 */
export function chosenOptions(text: string, options: readonly Option[]): readonly Candidate[] {
  const said = plain(text);
  if (said === '' || said.length > 2_000) return [];
  const whole = options.filter(({ ways }) => ways.includes(said));
  if (whole.length > 0) return candidatesOf(whole);
  const counted = byNumber(said, options);
  if (counted !== undefined) return [counted.candidate];
  // A denial holds in its own clause: "not random, sequence".
  const clauses = text.split(/[,;:!?]+|\.(?=\s|$)/).map(plain);
  const apart = [...new Set(clauses.flatMap((clause) => standingIn(clause, options)))];
  if (clauses.length > 1 && apart.length > 0) return candidatesOf(apart);
  const inside = standingIn(said, options);
  const bare = said
    .split(' ')
    .filter((word) => !filler.has(word))
    .join(' ');
  if (inside.length > 0) {
    // "xbox series" is a word of several, and the beginning of one.
    const part = inside.length > 1 ? partOf(bare, inside) : [];
    return candidatesOf(part.length > 0 ? part : inside);
  }
  const near = mistyped(bare, options);
  return candidatesOf([near, partOf(bare, options), akin(bare, options)].find((all) => all.length > 0) ?? []);
}

function candidatesOf(options: readonly Option[]): readonly Candidate[] {
  return [...new Set(options.map(({ candidate }) => candidate))];
}

/** "2", "the second one", "la prima", "l'ultima". Nothing where the options are numbers themselves. */
function byNumber(said: string, options: readonly Option[]): Option | undefined {
  const isNumbered = options.some(({ ways }) => ways.some((way) => /^\d/.test(way)));
  const words = said.split(' ').filter((word) => !filler.has(word));
  const [word, ...more] = words;
  if (isNumbered || word === undefined || more.length > 0) return undefined;
  if (['last', 'ultimo', 'ultima'].includes(word)) return options.at(-1);
  const ordinal = ordinals.findIndex((ways) => ways.split(' ').includes(word)) + 1;
  const index = ordinal > 0 ? ordinal : /^\d{1,3}$/.test(word) ? Number(word) : 0;
  return options[index - 1];
}

const filler: ReadonlySet<string> = new Set(
  'the one option number choice please pls thanks thx grazie a il lo la l le i gli numero opzione scelta per favore quella quello i want take prendo voglio'.split(
    ' ',
  ),
);

const ordinals = [
  'first 1st primo prima one uno una',
  'second 2nd secondo seconda two due',
  'third 3rd terzo terza three tre',
  'fourth 4th quarto quarta four quattro',
  'fifth 5th quinto quinta five cinque',
  'sixth 6th sesto sesta six sei',
  'seventh 7th settimo settima seven sette',
  'eighth 8th ottavo ottava eight otto',
  'ninth 9th nono nona nine nove',
  'tenth 10th decimo decima ten dieci',
];

function standingIn(said: string, options: readonly Option[]): readonly Option[] {
  const text = ` ${said} `;
  const found = options.flatMap((option) =>
    option.ways.flatMap((way) => {
      const at = way === '' ? -1 : text.indexOf(` ${way} `);
      return at < 0 || isDenied(text.slice(0, at)) ? [] : [{ option, start: at, end: at + way.length }];
    }),
  );
  // "SFX UI" names the longer of SFX and SFX UI.
  const longest = found.filter(
    (one) =>
      !found.some(
        (other) =>
          other.end - other.start > one.end - one.start && other.start <= one.start && one.end <= other.end,
      ),
  );
  return longest.map(({ option }) => option);
}

/** A denial holds for the two words after it as well: "not the first", "non la prima". */
function isDenied(before: string): boolean {
  const last = before.trim().split(' ').slice(-3);
  if (
    /\b(?:but|tutto fuorche|fuorche)$/.test(before.trim()) &&
    /\b(?:anything|everything|all|fuorche)\b/.test(before)
  )
    return true;
  return last.some((word) => ['not', 'non', 'except', 'tranne', 'no'].includes(word));
}

/** Nothing but words of one option alone: "series x" of "Xbox Series X". */
function partOf(said: string, options: readonly Option[]): readonly Option[] {
  if (said.length < 3 || /^\d+$/.test(said)) return [];
  const near = options.filter(({ ways }) => ways.some((way) => ` ${way} `.includes(` ${said} `)));
  return near.length === 1 ? near : [];
}

/** Nothing but another form of a word of one option alone: "sequential" for "Sequence". */
function akin(said: string, options: readonly Option[]): readonly Option[] {
  if (said.includes(' ') || said.length > 30) return [];
  const isAkin = (word: string): boolean => {
    const shared = [...word].findIndex((letter, index) => letter !== said[index]);
    const length = shared < 0 ? word.length : shared;
    return length >= 5 && length >= 0.7 * word.length && said.length - length <= 5;
  };
  const near = options.filter(({ ways }) => ways.some((way) => way.split(' ').some(isAkin)));
  return near.length === 1 ? near : [];
}

/** Nothing but the option, with one letter wrong in four or more, two in nine or more. */
function mistyped(said: string, options: readonly Option[]): readonly Option[] {
  if (said.length > 60 || said.length < 4) return [];
  const most = said.length >= 9 ? 2 : 1;
  const near = options.filter(({ ways }) =>
    ways.some(
      (way) =>
        Math.abs(way.length - said.length) <= most &&
        !/\d/.test(way) &&
        (distance(way, said) <= most || isSwapped(way, said)),
    ),
  );
  return near.length === 1 ? near : [];
}

/** Two letters that stand side by side changed their order. */
function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  return at >= 0 && `${one.slice(0, at)}${one[at + 1] ?? ''}${one[at] ?? ''}${one.slice(at + 2)}` === other;
}
