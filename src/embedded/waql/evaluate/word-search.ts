import { choices } from '../choices.ts';

/**
 * The word search of the `:` operator. The wanted text is split into words; every one must be found,
 * without case, at the start of some word of the searched text, its end open. `*` stands for any characters, so a word
 * that begins with it may start anywhere. A word starts at the beginning, behind anything not alphanumeric, and where a
 * lower-case letter is followed by an upper-case one.
 */
export function wordSearch(wanted: string): (text: string) => boolean {
  const words = wanted
    .toLowerCase()
    .split(/[^\p{L}\p{N}*]+/u)
    .map(parseWord)
    .filter((word) => word.pieces.length > 0);
  if (words.length === 0) return () => choices.emptySearchMatches;
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => found(word, text, lower));
  };
}

/**
 * The search of the toolbar and of `from search`, in name and notes of an object: every word in one of the two, and of what
 * follows a `!` nothing in either.
 */
export function toolbarSearch(wanted: string): (object: Searched) => boolean {
  const parts = wanted.split(/\s+/);
  const matches = wordSearch(parts.filter((part) => !part.startsWith('!')).join(' '));
  const unwanted = parts
    .filter((part) => part.startsWith('!') && searchedCharacter.test(part))
    .map((part) => wordSearch(part));
  return ({ name, notes }) => {
    const texts = notes === '' ? [name] : [name, notes];
    return texts.some(matches) && !texts.some((text) => unwanted.some((finds) => finds(text)));
  };
}

export interface Searched {
  readonly name: string;
  readonly notes: string;
}

const searchedCharacter = /[\p{L}\p{N}]/u;

interface SearchedWord {
  /** What stands between the asterisks, in order. */
  readonly pieces: readonly string[];
  readonly startsAnywhere: boolean;
}

function parseWord(word: string): SearchedWord {
  return { pieces: word.split('*').filter((piece) => piece !== ''), startsAnywhere: word.startsWith('*') };
}

function found({ pieces, startsAnywhere }: SearchedWord, text: string, lower: string): boolean {
  const [first = '', ...rest] = pieces;
  for (let at = lower.indexOf(first); at !== -1; at = lower.indexOf(first, at + 1)) {
    // What does not follow from here does not follow from further on either.
    if (startsAnywhere || startsWord(text, at)) return followInOrder(rest, lower, at + first.length);
  }
  return false;
}

function followInOrder(pieces: readonly string[], lower: string, from: number): boolean {
  let at = from;
  for (const piece of pieces) {
    const next = lower.indexOf(piece, at);
    if (next === -1) return false;
    at = next + piece.length;
  }
  return true;
}

function startsWord(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  if (before < 128) {
    if (!isAsciiAlphanumeric(before)) return true;
    const here = text.charCodeAt(at);
    return here < 128
      ? isAsciiLower(before) && isAsciiUpper(here)
      : isAsciiLower(before) && upper.test(text.charAt(at));
  }
  return (
    !alphanumeric.test(text.charAt(at - 1)) ||
    (lowerCase.test(text.charAt(at - 1)) && upper.test(text.charAt(at)))
  );
}

const alphanumeric = /[\p{L}\p{N}]/u;
const upper = /\p{Lu}/u;
const lowerCase = /\p{Ll}/u;

function isAsciiAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || isAsciiUpper(code) || isAsciiLower(code);
}

function isAsciiUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isAsciiLower(code: number): boolean {
  return code >= 97 && code <= 122;
}
