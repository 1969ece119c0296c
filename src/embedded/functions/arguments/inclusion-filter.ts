import { asJsonArray, type Json } from '../../../core/json.ts';

const bits = [
  ['events', 1],
  ['structures', 2],
  ['media', 4],
] as const;

/** Filter words of an inclusion, by the bits of the file. */
export function filterWords(filter: number): string[] {
  return bits.filter(([, bit]) => (filter & bit) !== 0).map(([word]) => word);
}

/** The bits of filter words. */
export function filterBits(words: Json | undefined): number {
  const given = asJsonArray(words);
  return bits.reduce((sum, [word, bit]) => (given.includes(word) ? sum | bit : sum), 0);
}
