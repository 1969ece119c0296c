import { parseProblem } from './parse-problem.ts';
import type { StringCache } from './string-cache.ts';
import { escapeAttribute, unescapeText } from './text.ts';
import { noAttributes, type WwuAttribute } from './tree.ts';

/** What the last start tag held. One object for a whole file: a file has more tags than anything else. */
export interface StartTag {
  name: string;
  attributes: WwuAttribute[];
  /** Just after the closing angle bracket. */
  end: number;
  selfClosed: boolean;
  /** Written as Wwise writes it, the closing of an empty element aside. */
  canonical: boolean;
}

export interface Scanner {
  /** Reads the start tag at `start`. Raw line breaks inside attribute values are kept: Wwise's licence key has them. */
  startTag(start: number): StartTag;
}

export function createScanner(text: string, cache: StringCache): Scanner {
  const tag: StartTag = { name: '', attributes: noAttributes, end: 0, selfClosed: false, canonical: true };
  /** Filled again for each tag: only the first `count` count. */
  const found: WwuAttribute[] = [];
  let count = 0;

  /** Reads one attribute from `start` on; gives where it ends. */
  function scanAttribute(start: number): number {
    const nameEnd = endOfName(text, start);
    if (nameEnd === start) throw unexpected(start);
    const equals = skipSpace(text, nameEnd);
    if (text.charCodeAt(equals) !== EQUALS)
      throw parseProblem(text, equals, `attribute without a value in <${tag.name}>`);
    const quoteAt = skipSpace(text, equals + 1);
    const quote = text.charCodeAt(quoteAt);
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE)
      throw parseProblem(text, quoteAt, `attribute value without quotes in <${tag.name}>`);
    const close = text.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", quoteAt + 1);
    if (close === -1) throw parseProblem(text, quoteAt, `an attribute value in <${tag.name}> does not end`);
    const raw = cache.slice(text, quoteAt + 1, close);
    let value = raw;
    if (quote !== DOUBLE_QUOTE || quoteAt !== nameEnd + 1) tag.canonical = false;
    if (special.test(raw)) {
      if (raw.includes('<'))
        throw parseProblem(text, quoteAt, `"<" inside an attribute value of <${tag.name}>`);
      value = unescapeText(raw);
      if (escapeAttribute(value) !== raw) tag.canonical = false;
    }
    found[count++] = { name: cache.slice(text, start, nameEnd), value };
    return close + 1;
  }

  function unexpected(at: number): Error {
    return parseProblem(text, at, `unexpected "${text[at]}" in <${tag.name}>`);
  }

  return {
    startTag(start) {
      const nameEnd = endOfName(text, start + 1);
      if (nameEnd === start + 1)
        throw parseProblem(text, start, `"${text.slice(start, start + 12).trim()}" is not a tag`);
      tag.name = cache.slice(text, start + 1, nameEnd);
      tag.canonical = true;
      count = 0;
      let position = nameEnd;
      for (;;) {
        const gapEnd = skipSpace(text, position);
        const code = text.charCodeAt(gapEnd);
        const isSlash = code === SLASH && text.charCodeAt(gapEnd + 1) === GREATER;
        if (code === GREATER || isSlash) {
          // A single blank before the slash is a style of the whole file; the caller compares it.
          const hasBlank = isSlash && gapEnd - position === 1 && text.charCodeAt(position) === SPACE;
          if (gapEnd !== position && !hasBlank) tag.canonical = false;
          tag.end = gapEnd + (isSlash ? 2 : 1);
          tag.selfClosed = isSlash;
          tag.attributes = count === 0 ? noAttributes : found.slice(0, count);
          return tag;
        }
        if (Number.isNaN(code))
          throw parseProblem(text, text.length, `the file ends inside <${tag.name}>: it is cut off`);
        if (gapEnd === position) throw unexpected(position);
        if (gapEnd - position !== 1 || text.charCodeAt(position) !== SPACE) tag.canonical = false;
        position = scanAttribute(gapEnd);
      }
    },
  };
}

/** What escaping would touch. */
const special = /[&<>"]/;

/**
 * Where the content of a PluginData ends. The content is the plug-in's own and may itself hold PluginData elements,
 * so only those tags are counted.
 */
export function findPluginDataEnd(text: string, start: number): number {
  const tag = /<(\/?)PluginData(?=[\s/>])[^>]*?(\/?)>/g;
  tag.lastIndex = start;
  let depth = 1;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    if (match[1] === '/') depth--;
    else if (match[2] !== '/') depth++;
    if (depth === 0) return match.index;
  }
  throw parseProblem(text, text.length, 'the file ends inside <PluginData>: it is cut off');
}

const SPACE = 32;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const SLASH = 47;
const EQUALS = 61;
const GREATER = 62;

function skipSpace(text: string, from: number): number {
  let position = from;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code !== SPACE && code !== 9 && code !== 10 && code !== 13) return position;
    position++;
  }
}

function endOfName(text: string, from: number): number {
  let position = from;
  for (;;) {
    const code = text.charCodeAt(position);
    const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code > 127;
    const isInner = (code >= 48 && code <= 58) || code === 45 || code === 46;
    if (!isLetter && !(isInner && position > from)) return position;
    position++;
  }
}
