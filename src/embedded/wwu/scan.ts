import { parseProblem } from './parse-problem.ts';
import { escapeAttribute, unescapeText } from './text.ts';
import type { WwuAttribute } from './tree.ts';

export interface StartTag {
  readonly name: string;
  readonly attributes: WwuAttribute[];
  readonly start: number;
  /** Just after the closing angle bracket. */
  readonly end: number;
  readonly selfClosed: boolean;
  /** Written as Wwise writes it, the closing of an empty element aside. */
  readonly canonical: boolean;
}

/** Reads the start tag at `start`. Raw line breaks inside attribute values are kept: Wwise's licence key has them. */
export function scanStartTag(text: string, start: number): StartTag {
  let position = start + 1;
  const nameEnd = endOfName(text, position);
  if (nameEnd === position)
    throw parseProblem(text, start, `"${text.slice(start, start + 12).trim()}" is not a tag`);
  const name = text.slice(position, nameEnd);
  const attributes: WwuAttribute[] = [];
  let canonical = true;
  position = nameEnd;
  for (;;) {
    const gapEnd = skipSpace(text, position);
    const code = text.charCodeAt(gapEnd);
    if (code === GREATER) {
      if (gapEnd !== position) canonical = false;
      return { name, attributes, start, end: gapEnd + 1, selfClosed: false, canonical };
    }
    if (code === SLASH && text.charCodeAt(gapEnd + 1) === GREATER) {
      // A single blank before the slash is a style of the whole file; the caller compares it.
      if (gapEnd - position > 1 || (gapEnd > position && text.charCodeAt(position) !== SPACE))
        canonical = false;
      return { name, attributes, start, end: gapEnd + 2, selfClosed: true, canonical };
    }
    if (Number.isNaN(code))
      throw parseProblem(text, text.length, `the file ends inside <${name}>: it is cut off`);
    if (gapEnd === position)
      throw parseProblem(text, position, `unexpected "${text[position]}" in <${name}>`);
    if (gapEnd - position !== 1 || text.charCodeAt(position) !== SPACE) canonical = false;
    const attributeEnd = endOfName(text, gapEnd);
    if (attributeEnd === gapEnd)
      throw parseProblem(text, gapEnd, `unexpected "${text[gapEnd]}" in <${name}>`);
    const equals = skipSpace(text, attributeEnd);
    if (text.charCodeAt(equals) !== EQUALS)
      throw parseProblem(text, equals, `attribute without a value in <${name}>`);
    const quoteAt = skipSpace(text, equals + 1);
    const quote = text.charCodeAt(quoteAt);
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) {
      throw parseProblem(text, quoteAt, `attribute value without quotes in <${name}>`);
    }
    const close = text.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", quoteAt + 1);
    if (close === -1) throw parseProblem(text, quoteAt, `an attribute value in <${name}> does not end`);
    const raw = text.slice(quoteAt + 1, close);
    if (raw.includes('<')) throw parseProblem(text, quoteAt, `"<" inside an attribute value of <${name}>`);
    const value = unescapeText(raw);
    if (quote !== DOUBLE_QUOTE || quoteAt !== attributeEnd + 1 || escapeAttribute(value) !== raw)
      canonical = false;
    attributes.push({ name: text.slice(gapEnd, attributeEnd), value });
    position = close + 1;
  }
}

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
