import { waqlAdvice } from './other-dialects.ts';
import { syntaxError } from './query-error.ts';

export type TokenKind = 'name' | 'string' | 'number' | 'regex' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A name or sign as written; the content of a string or regular expression without its delimiters. */
  readonly text: string;
  /** 1-based position of the first character. */
  readonly position: number;
  /** 0-based offset behind the last character. */
  readonly end: number;
}

/** Reserved characters and operators, longest first. */
const signs = [
  '@@',
  '!=',
  '<=',
  '>=',
  '@',
  '=',
  '<',
  '>',
  ':',
  '!',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
  '$',
];
const foreignSigns = /&&|\|\||[&|'*]/y;

/** Return names of the time before WAQL that contain a colon; anywhere else a colon is the word search. */
const colonNames = new Set(
  [
    'sound:convertedWemFilePath',
    'sound:originalWavFilePath',
    'soundbank:bnkFilePath',
    'music:transitionRoot',
    'music:playlistRoot',
    'audioSource:playbackDuration',
    'audioSource:maxDurationSource',
    'audioSource:trimValues',
    'audioSource:maxRadiusAttenuation',
    'audioSource:language',
    'workunit:isDefault',
    'workunit:type',
    'workunit:isDirty',
    'switchContainerChild:context',
  ].map((name) => name.toLowerCase()),
);

const blank = /\s+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const nameWithColon = /[A-Za-z]+:[A-Za-z]+/y;
// Behind @ and a dot nothing else than a name can stand; elsewhere 3DPosition is one and 1e5 is a wrong number.
const memberName = /[A-Za-z0-9_]+/y;
const nameWithDigit = /[0-9]D[A-Za-z][A-Za-z0-9_]*/iy;
const bareGuid = /\{[0-9A-Fa-f-]{36}\}/y;
const number = /-?[0-9]+(?:\.[0-9]+)?/y;

/** The tokens of a WAQL text, the last one of kind `end`. Throws ak.wwise.query.invalid_query at the first wrong character. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    at += matchAt(blank, text, at).length;
    if (at >= text.length) break;
    const token = tokenAt(text, at, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: 'end', text: '', position: text.length + 1, end: text.length });
  return tokens;
}

function tokenAt(text: string, at: number, previous: Token | undefined): Token {
  const position = at + 1;
  const first = text.charAt(at);
  if (first === '"') return delimited('string', text, at, '"');
  if (first === '/') return delimited('regex', text, at, '/');

  const takesDigits = previous?.kind === 'sign' && (previous.text.startsWith('@') || previous.text === '.');
  const word = takesDigits ? matchAt(memberName, text, at) : nameAt(text, at);
  if (word !== '') return { kind: 'name', text: word, position, end: at + word.length };

  const digits = matchAt(number, text, at);
  if (digits !== '') {
    const end = at + digits.length;
    if (matchAt(memberName, text, end) !== '') {
      const whole = digits + matchAt(memberName, text, end);
      throw syntaxError('a number', `"${whole}"`, position, 'Numbers are written plainly, as in -3 or 0.5.');
    }
    return { kind: 'number', text: digits, position, end };
  }

  if (matchAt(bareGuid, text, at) !== '') {
    throw syntaxError('text in double quotes', `"${matchAt(bareGuid, text, at)}"`, position, waqlAdvice('{'));
  }
  const sign = signs.find((candidate) => text.startsWith(candidate, at));
  if (sign !== undefined) return { kind: 'sign', text: sign, position, end: at + sign.length };

  const foreign = matchAt(foreignSigns, text, at) || String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw syntaxError('a name, a value or an operator', `"${foreign}"`, position, waqlAdvice(foreign));
}

function nameAt(text: string, at: number): string {
  const pair = matchAt(nameWithColon, text, at);
  if (pair !== '' && colonNames.has(pair.toLowerCase())) return pair;
  return matchAt(name, text, at) || matchAt(nameWithDigit, text, at);
}

/** A backslash is an ordinary character in a string, so `"\"` is complete; in a regular expression it protects a slash. */
function delimited(kind: 'string' | 'regex', text: string, at: number, delimiter: string): Token {
  const position = at + 1;
  for (let end = at + 1; end < text.length; end++) {
    const character = text.charAt(end);
    if (kind === 'regex' && character === '\\') end++;
    else if (character === delimiter) return { kind, text: text.slice(at + 1, end), position, end: end + 1 };
  }
  const what = kind === 'string' ? 'text' : 'regular expression';
  throw syntaxError(`${delimiter} at the end of the ${what}`, 'the end of the query', text.length + 1);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
