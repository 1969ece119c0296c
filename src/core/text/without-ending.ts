/**
 * The text without these characters at its end. An expression that ends with `+$` takes quadratic time over a text with many of them in
 * front of another one.
 */
export function withoutEnding(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
