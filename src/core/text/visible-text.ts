/**
 * The text with every character that a terminal would act upon, or not show, written as `\uXXXX`: C0 and C1 controls (line
 * feeds too, so that one line stays one), marks that turn the direction of writing, invisible ones, line separators and
 * halves of surrogate pairs. The tab stays.
 */
export function visibleText(text: string): string {
  return hidden.test(text) ? text.replace(allHidden, escaped) : text;
}

/** The same, line by line: line feeds stay. For text of our own that has several lines. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}

/** Joiners stay: scripts and emoji are written with them, and they reorder nothing. */
const pattern = '(?!\\t|\\u200c|\\u200d)[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]';
const hidden = new RegExp(pattern, 'u');
const allHidden = new RegExp(pattern, 'gu');

function escaped(character: string): string {
  let text = '';
  for (let i = 0; i < character.length; i++)
    text += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return text;
}
