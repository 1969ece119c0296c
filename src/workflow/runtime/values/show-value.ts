import { withoutSecrets } from '../../../core/secrets/known-secrets.ts';

const longestShown = 80;

/** A value as an error message shows it: JSON on one line, cut when long. */
export function showValue(value: unknown): string {
  const text = withoutSecrets(JSON.stringify(value) ?? String(value));
  return text.length <= longestShown ? text : `${text.slice(0, longestShown - 1)}…`;
}

/** `a string`, `an array`: the JSON type of a value, for messages. */
export function typeInWords(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return withArticle(typeof value);
}

/** `an object`, `a string`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
