import type { Leaf } from '../dialogue.ts';
import { consentOf, leavesOpen } from './consent.ts';
import type { Found } from './found.ts';
import type { SaidLabel } from './labels.ts';
import { fold, plain } from './words-of.ts';

/**
 * What an answer says of questions of yes or no that it names: "loop yes, streaming no", "-6, and yes loop it", "no loop". What
 * follows the name decides, else what stands before it in the same clause, else the name alone is a wish for it.
 */
export function namedConsents(
  text: string,
  leaves: readonly Leaf[],
  labels: readonly SaidLabel[],
): readonly Found[] {
  if (leavesOpen(text)) return [];
  return leaves.flatMap((leaf): Found[] => {
    const label = leaf.field.type === 'yesNo' ? labels.find(({ path }) => path === leaf.path) : undefined;
    if (label === undefined) return [];
    const start = Math.max(0, ...clauseEnds(text).filter((end) => end <= label.start));
    const end = Math.min(text.length, ...clauseStarts(text).filter((begin) => begin >= label.end));
    const [before, name, after] = [
      text.slice(start, label.start),
      text.slice(label.start, label.end),
      text.slice(label.end, end),
    ];
    const value =
      consentOf(after) ??
      (isWithout(before) ? false : consentOf(before)) ??
      (isWish(before, after) ? wishOf(text) : null);
    if (value === null) return [];
    const words = `${before}${name}${after}`.trim();
    return [
      { leaf, finding: { is: 'value', value, words, layer: 'yesNo' }, span: { start: label.start, end } },
    ];
  });
}

/** "niente loop", "without loop", "it should not loop". */
function isWithout(before: string): boolean {
  const said = fold(before);
  if (/\b(?:why not|perche no[n]?)\b/.test(said)) return false;
  return /n't\b|\b(?:not|non|never|mai)\b|\b(?:without|niente|senza|nessuno?)\s*$/.test(said);
}

/** A short answer may deny it at its end: "in loop, no". */
function wishOf(text: string): boolean {
  return plain(text).split(' ').length > 4 || (consentOf(text) ?? true);
}

/** Nothing but the name and words that add nothing. */
function isWish(before: string, after: string): boolean {
  return plain(`${before} ${after}`)
    .split(' ')
    .every((word) => empty.has(word));
}

const empty: ReadonlySet<string> = new Set(
  ' and also please pls it them this that in on with a the e anche per favore grazie thanks con il lo la mettilo metti fallo'.split(
    ' ',
  ),
);

const boundary = /[,;.!]+(?=\s|$)|\s(?:and|but|e|ed|ma)(?=\s)/gi;

function clauseEnds(text: string): readonly number[] {
  return [...text.matchAll(boundary)].map((match) => match.index + match[0].length);
}

function clauseStarts(text: string): readonly number[] {
  return [...text.matchAll(boundary)].map((match) => match.index);
}
