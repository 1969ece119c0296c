import { distance } from 'fastest-levenshtein';

/**
 * The candidates most like `word`, best first: for the did-you-mean of an error. Case is ignored. A candidate is near by its
 * parts (it begins with the word, has it as one of its words, or contains it, or the other way round) or by its letters;
 * where several are as near, the one that adds least comes first. At most `limit` are given, none when nothing is near.
 * Of very many candidates only the first 20,000 are looked at, and words of more than 500 characters not at all.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  if (word.length > longestCompared) return [];
  const wanted = word.toLowerCase();
  const scored: { candidate: string; score: number; added: number }[] = [];
  let compared = 0;
  for (const candidate of candidates) {
    if (++compared > mostCompared) break;
    if (candidate.length > longestCompared) continue;
    const other = candidate.toLowerCase();
    const score = Math.min(byLetters(wanted, other), byParts(word, candidate));
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
  const sharesMost = apart < 2 || apart * 2 < Math.max(wanted.length, other.length);
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

/** The words a name is made of: `VolumeDry` is volume and dry, `set_game_parameter` set, game and parameter. */
function partsOf(name: string): string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map((part) => part.toLowerCase());
}

/** ` Did you mean "A" or "B"?`, or an empty string when nothing is near. Starts with a space. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}
