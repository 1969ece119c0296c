import { distance } from 'fastest-levenshtein';
import { otherSpellings, partsOf } from './other-spellings.ts';

/**
 * The candidates most like `word`, best first: for the did-you-mean of an error. Case is ignored. A candidate is near by its
 * parts (it begins with the word, has it as one of its words, or contains it, or the other way about) or by its letters;
 * what it means otherwise spelled (`LPF` is Lowpass) comes before what only looks like it; where several are as near, the
 * one that adds least comes first. At most `limit` are given, none when nothing is near.
 * Of very many candidates only the first 20,000 are looked at, and words of more than 500 characters not at all.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  if (word.length > longestCompared) return [];
  const wanted = word.toLowerCase();
  const meanings = otherSpellings(word);
  const parts = partsOf(word);
  const scored: { candidate: string; score: number; added: number }[] = [];
  let compared = 0;
  for (const candidate of candidates) {
    if (++compared > mostCompared) break;
    if (candidate.length > longestCompared) continue;
    const other = candidate.toLowerCase();
    const score = Math.min(
      byLetters(wanted, other),
      byParts(word, candidate),
      byMeaning(meanings, parts, candidate),
    );
    if (score < Number.POSITIVE_INFINITY)
      scored.push({ candidate, score, added: Math.abs(other.length - wanted.length) });
  }
  scored.sort((a, b) => a.score - b.score || a.added - b.added || a.candidate.localeCompare(b.candidate));
  return scored.slice(0, limit).map((entry) => entry.candidate);
}

/** Word and candidates come from outside. Nobody mistypes a longer word; and an error about one word in a large project must not hold up everybody else. */
const longestCompared = 500;
const mostCompared = 20_000;

/** How far apart two words are, infinite unless one may be the other mistyped: `foo` is not a mistyped `log`. */
function byLetters(wanted: string, other: string): number {
  const most = Math.max(2, Math.floor(wanted.length / 3));
  // Words that differ so much in length are further apart than that: the costly look is spared.
  if (Math.abs(wanted.length - other.length) > most) return Number.POSITIVE_INFINITY;
  const apart = distance(wanted, other);
  if (apart > most) return Number.POSITIVE_INFINITY;
  const longest = Math.max(wanted.length, other.length);
  // Names of one letter that is another one have nothing in common.
  const sharesMost = (apart < 2 && longest > 1) || apart * 2 < longest;
  return sharesMost || hasLettersOf(wanted, other) || hasLettersOf(other, wanted)
    ? apart
    : Number.POSITIVE_INFINITY;
}

/** True when every letter of `part` stands in `whole`, in whatever order: letters that changed places. */
function hasLettersOf(part: string, whole: string): boolean {
  return [...part].every((letter) => whole.includes(letter));
}

/** How a word and a candidate are part of each other; infinite when they are not. */
function byParts(word: string, candidate: string): number {
  const [short, long] = word.length <= candidate.length ? [word, candidate] : [candidate, word];
  const [part, whole] = [short.toLowerCase(), long.toLowerCase()];
  const at = whole.indexOf(part);
  if (part.length < 2 || at < 0) return Number.POSITIVE_INFINITY;
  if (at === 0 && part.length > 2) return 1;
  if (partsOf(long).includes(part)) return 1.5;
  // A short word inside a longer one by chance means nothing: `art` in `cartridge`.
  const isMost = word.length <= candidate.length || part.length * 2 >= whole.length;
  return isMost && part.length > 2 ? 2 : Number.POSITIVE_INFINITY;
}

/** Spelled otherwise it is the candidate, or a candidate has all its words in this order. */
function byMeaning(meanings: readonly string[], parts: readonly string[], candidate: string): number {
  const own = partsOf(candidate);
  if (meanings.includes(own.join(''))) return 0.5;
  let at = 0;
  for (const part of own) if (part === parts[at]) at += 1;
  return parts.length > 1 && at === parts.length ? 1.2 : Number.POSITIVE_INFINITY;
}

/** The candidates from which a word differs by two letters at most, and by half of its own. */
export function mistyped(word: string, candidates: readonly string[]): readonly string[] {
  if (word.length > longestCompared) return [];
  const most = Math.min(2, Math.floor(word.length / 2));
  return candidates.filter(
    (candidate) =>
      Math.abs(candidate.length - word.length) <= most &&
      distance(word.toLowerCase(), candidate.toLowerCase()) <= most,
  );
}

/** ` Did you mean "A" or "B"?`, or an empty string when nothing is near. Starts with a space. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}
