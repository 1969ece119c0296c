import { z } from 'zod';

/**
 * A text that must be one of many words. Refused like an enum, with the nearest words, but advertised as a plain text: a
 * long list in every schema would cost each agent its bytes at every start, so the description names the usual ones.
 */
export function oneOf<const T extends string>(words: readonly T[]) {
  const known: ReadonlySet<string> = new Set(words);
  const isWord = (text: string): text is T => known.has(text);
  // What depends on the word has nothing to say about a wrong one.
  return z.string().refine(isWord, { params: { [wordsParam]: words }, abort: true });
}

/** Under which the refusal of such a field keeps its words. */
export const wordsParam = 'oneOf';
