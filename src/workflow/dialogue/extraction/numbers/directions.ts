import type { Word } from '../words-of.ts';

/**
 * Whether words around a number that has no sign say that it goes down: "3 dB down", "down by 3", "giù di 3", "un tono sotto".
 * `first` and `next` are the indices of its first word and of the first word after it.
 */
export function isDownward(words: readonly Word[], first: number, next: number): boolean {
  const folded = (at: number): string => words[at]?.folded ?? '';
  if (isDown(folded(next))) return !isGoal(folded(next + 1)) || !startsNumber(folded(next + 2));
  // "3 dB in meno", "un tono più basso", "a bit lower".
  if (joining.has(folded(next)) && isDownAfter(folded(next + 1))) return true;
  if (folded(next) === 'piu' && isDown(folded(next + 1))) return true;
  let at = first - 1;
  while (about.has(folded(at))) at -= 1;
  if (isDown(folded(at))) return !limits.has(folded(at));
  if (objectWords.has(folded(at)) && isDown(folded(at - 1))) return true;
  if (!steps.has(folded(at))) return false;
  // "turn the wind down by 3", "abbassa il vento di 3": the verb stands somewhat before.
  return [1, 2, 3, 4].some((back) => isDown(folded(at - back)) && !limits.has(folded(at - back)));
}

const downward =
  'down off back deeper lower lowered quieter softer below flat flatter less reduce decrease drop cut attenuate ' +
  'giu sotto abbasso abbassa abbassalo abbassala abbassali abbassare abbassiamo abbassiamolo cala calalo calala riduci riducilo riducila togli ' +
  'toglici togligli basso bassa bassi sottrai grave togliamo leva levagli scendi scendiamo';

const downs: ReadonlySet<string> = new Set(downward.split(' '));
const joining: ReadonlySet<string> = new Set(['in', 'di', 'a', 'bit', 'more']);
const about: ReadonlySet<string> = new Set([
  'about',
  'around',
  'roughly',
  'circa',
  'maybe',
  'tipo',
  'like',
  'another',
  'altri',
  'altre',
  'say',
  'diciamo',
]);
const objectWords: ReadonlySet<string> = new Set(['it', 'them', 'this', 'that']);
const steps: ReadonlySet<string> = new Set(['by', 'di']);
/** "less 3" and "less than 3": a limit, no direction. */
const limits: ReadonlySet<string> = new Set(['less']);

function isDown(folded: string): boolean {
  return downs.has(folded);
}

function isDownAfter(folded: string): boolean {
  return isDown(folded) || folded === 'meno';
}

/** "3 down to 2": what follows is where it goes. */
function isGoal(folded: string): boolean {
  return folded === 'to' || folded === 'fino';
}

function startsNumber(folded: string): boolean {
  return /^\d/.test(folded);
}
