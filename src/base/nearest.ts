import { distance } from 'fastest-levenshtein';

/**
 * The candidates most like `word`, best first: for the did-you-mean of an error.
 * Case is ignored; a candidate that contains the word counts as near. At most `limit` are given, none when nothing is near.
 */
export function nearest(word: string, candidates: Iterable<string>, limit = 3): string[] {
  // Nobody mistypes a word this long, and comparing it with thousands takes its time.
  if (word.length > 500) return [];
  const wanted = word.toLowerCase();
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const apart = distance(wanted, other);
    const contained = wanted.length > 2 && (other.includes(wanted) || wanted.includes(other));
    const score = contained ? Math.min(apart, 2) : apart;
    if (score <= Math.max(2, Math.floor(wanted.length / 3))) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score || a.candidate.localeCompare(b.candidate));
  return scored.slice(0, limit).map((entry) => entry.candidate);
}

/** ` Did you mean "A" or "B"?`, or an empty string when nothing is near. Starts with a space. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates);
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}
