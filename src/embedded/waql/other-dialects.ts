/**
 * What somebody who thinks in SQL, JavaScript or Python writes, and how WAQL says it: the advice at the end of a
 * syntax error. Keys are lower case.
 */
const waqlFor: ReadonlyMap<string, string> = new Map([
  ['==', 'WAQL compares with a single "=".'],
  ['<>', 'WAQL writes "!=".'],
  ['&&', 'WAQL writes "and".'],
  ['&', 'WAQL writes "and".'],
  ['||', 'WAQL writes "or".'],
  ['|', 'WAQL writes "or".'],
  ['not', 'WAQL negates with "!", as in !isPlayable or !(name = "x").'],
  ['like', 'WAQL searches words with ":", as in name : "foot", or a pattern with = /.../.'],
  ['contains', 'WAQL searches words with ":", as in name : "*foot".'],
  ['matches', 'WAQL matches a regular expression with "=", as in name = /^Foot/.'],
  ['in', 'WAQL repeats the comparison: type = "Sound" or type = "Event".'],
  ['limit', 'WAQL writes "take 3".'],
  ['first', 'WAQL writes "take 1".'],
  ['top', 'WAQL writes "take 3".'],
  ['offset', 'WAQL writes "skip 3".'],
  ['order', 'WAQL writes "orderby" as one word.'],
  ['sort', 'WAQL writes "orderby".'],
  ['desc', 'WAQL writes "orderby name reverse".'],
  ['asc', 'Ascending is the default: leave it out.'],
  ['reverse', '"reverse" only follows the key of an orderby.'],
  ['as', 'An alias is only allowed in a return expression.'],
  ["'", 'Text stands in double quotes.'],
  ['{', 'A GUID stands in double quotes: "{...}".'],
  ['*', 'Name what to select, as in select descendants; the values to return go into options.return.'],
]);

/** The advice for a word or sign that WAQL does not have, or an empty string. */
export function waqlAdvice(word: string): string {
  return waqlFor.get(word.toLowerCase()) ?? '';
}
