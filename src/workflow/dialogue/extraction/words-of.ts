/** A word of an answer, and where it stands there. */
export interface Word {
  /** As it was written. */
  readonly text: string;
  /** Small letters, without accents. */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** Part of an answer, in characters. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Words, numbers with their separators, and single signs. Linear in the text. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(
    /(?<![\p{L}\d.])\.\d+|\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*|[^\s\p{L}\d]/gu,
  )) {
    const [word] = match;
    words.push({ text: word, folded: fold(word), start: match.index, end: match.index + word.length });
  }
  return words;
}

/** Small letters without accents: what is said is the same. */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'");
}

/** Folded, and everything but letters and digits a blank: "SFX_UI" is "sfx ui". */
export function plain(text: string): string {
  return fold(text)
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();
}

/** Whether two parts of a text share a character. */
export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
