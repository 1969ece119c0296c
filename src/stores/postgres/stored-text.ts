/** A text as PostgreSQL takes it: it knows no character of number 0, which some names and messages have. */
export function storedText(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u0000', '\u2400');
}
