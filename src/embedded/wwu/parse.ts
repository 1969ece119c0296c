import { atOnce } from '../../core/turns/turns.ts';
import { closesItself, neverClosesItself, xmlDeclaration } from './canonical.ts';
import { decodeUtf8 } from './decode.ts';
import { conflictMarkers, parseProblem } from './parse-problem.ts';
import { createScanner, findPluginDataEnd } from './scan.ts';
import { createStringCache } from './string-cache.ts';
import { escapeText, unescapeText } from './text.ts';
import { type Layout, noChildren, type WwuDocument, type WwuElement } from './tree.ts';

/**
 * Reads one .wproj or .wwu file. Throws WwuParseProblem, with line and column, when the file is not what Wwise
 * writes: not UTF-8, not well-formed, cut off, or holding git conflict markers.
 */
export function parseWwu(bytes: Uint8Array): WwuDocument {
  return atOnce(parseWwuSteps(bytes));
}

/** The same, yielding every few hundred elements: see core/turns/turns.ts. */
export function* parseWwuSteps(bytes: Uint8Array): Generator<void, WwuDocument> {
  const text = decodeUtf8(bytes);
  const hasByteOrderMark = text.charCodeAt(0) === 0xfeff;
  return yield* parseText(hasByteOrderMark ? text.slice(1) : text, hasByteOrderMark);
}

function* parseText(text: string, hasByteOrderMark: boolean): Generator<void, WwuDocument> {
  const firstBreak = text.indexOf('\n');
  const eol = firstBreak > 0 && text.charCodeAt(firstBreak - 1) === 13 ? '\r\n' : '\n';
  // Sniffed before parsing: the style of the first empty element is the style of the file.
  const emptyClose = sniffEmptyClose(text);
  const rootStart = findRootStart(text);
  const cache = createStringCache();
  const scanner = createScanner(text, cache);
  const stack: WwuElement[] = [];
  /** Children of all open elements, one after the other: each element's get an array of their own when it ends. */
  const pending: WwuElement[] = [];
  let pendingCount = 0;
  const firstPending: number[] = [];
  const tagStarts: number[] = [];
  let root: WwuElement | null = null;
  let position = rootStart;
  let gapStart = rootStart;

  let steps = 0;
  while (position < text.length) {
    if (++steps % tagsPerStep === 0) yield;
    const parent = stack.at(-1);
    if (text.charCodeAt(position + 1) === SLASH) {
      if (parent === undefined) throw parseProblem(text, position, 'an end tag without a start tag');
      position = endElement(parent, position);
      stack.pop();
      if (stack.length === 0) break;
    } else if (text.startsWith('<!--', position)) {
      position = skipPast('-->', position, 'comment');
      position = nextTag(position);
      continue;
    } else if (text.startsWith('<![CDATA[', position)) {
      throw parseProblem(text, position, 'CDATA between elements');
    } else {
      const tag = scanner.startTag(position);
      const start = position;
      const { end, selfClosed } = tag;
      const node: WwuElement = {
        name: tag.name,
        attributes: tag.attributes,
        children: noChildren,
        text: null,
        form: tag.name === 'PluginData' ? 'raw' : text.startsWith('<![CDATA[', end) ? 'cdata' : 'markup',
        parent: parent ?? null,
        layout: null,
      };
      if (parent === undefined) root = node;
      else {
        const isFirst = pendingCount === firstPending.at(-1);
        const hasBreak = !(isFirst && node.name === 'PluginData');
        if (!isIndent(gapStart, start, stack.length, hasBreak)) note(node, { before: gap(gapStart, start) });
        pending[pendingCount++] = node;
      }
      position = selfClosed ? end : readContent(node, end);
      const isEmpty = !selfClosed && text.charCodeAt(position + 1) === SLASH;
      const opensForNothing = isEmpty && closesItself(node);
      if (!tag.canonical || opensForNothing || (selfClosed && !endsCanonically(node, end)))
        note(node, { startTag: text.slice(start, end) });
      if (isEmpty) position = endElement(node, position);
      else if (!selfClosed) {
        if (stack.length === deepest)
          throw parseProblem(text, start, `elements nested deeper than ${deepest}`);
        stack.push(node);
        firstPending.push(pendingCount);
        tagStarts.push(start);
        gapStart = end;
        continue;
      }
      if (stack.length === 0) break;
    }
    gapStart = position;
    position = nextTag(position);
  }
  if (root === null) throw parseProblem(text, rootStart, 'no element in the file');
  const unclosed = stack.at(-1);
  if (unclosed !== undefined && position >= text.length) throw cutOff(unclosed);
  const epilog = text.slice(position);
  if (epilog.trim() !== '') throw parseProblem(text, position, 'text after the end of the document');
  return { root, prolog: text.slice(0, rootStart), hasByteOrderMark, eol, emptyClose, epilog };

  function endsCanonically(node: WwuElement, end: number): boolean {
    if (neverClosesItself(node.name)) return false;
    return (
      text.startsWith(emptyClose, end - emptyClose.length) &&
      (emptyClose === ' />' || text.charCodeAt(end - 3) !== 32)
    );
  }

  /** Reads the text of an element that has no child elements; leaves the position at the next tag. */
  function readContent(node: WwuElement, start: number): number {
    if (node.form === 'raw') {
      const end = findPluginDataEnd(text, start);
      node.text = text.slice(start, end);
      return end;
    }
    if (node.form === 'cdata') {
      const end = skipPast(']]>', start, 'CDATA section');
      node.text = text.slice(start + '<![CDATA['.length, end - ']]>'.length);
      if (!text.startsWith('</', end)) throw parseProblem(text, end, 'text after a CDATA section');
      return end;
    }
    const end = text.indexOf('<', start);
    if (end === -1) throw cutOff(node);
    if (end > start && text.charCodeAt(end + 1) === SLASH) {
      const raw = cache.slice(text, start, end);
      node.text = raw;
      if (raw.includes('&') || raw.includes('>')) {
        node.text = unescapeText(raw);
        if (escapeText(node.text) !== raw) note(node, { text: raw });
      }
    }
    return end;
  }

  /** Ends the element whose end tag is at `at`: the innermost open one, or one without child elements. */
  function endElement(node: WwuElement, at: number): number {
    const nameEnd = at + 2 + node.name.length;
    let end = nameEnd + 1;
    if (!text.startsWith(node.name, at + 2) || text.charCodeAt(nameEnd) !== GREATER) {
      const close = text.indexOf('>', at);
      if (close === -1) throw cutOff(node);
      const name = text.slice(at + 2, close).trimEnd();
      if (name !== node.name) throw parseProblem(text, at, `</${name}> where </${node.name}> was expected`);
      note(node, { endTag: text.slice(at, close + 1) });
      end = close + 1;
    }
    if (stack.at(-1) !== node) return end;
    const first = firstPending.pop() ?? 0;
    const tagStart = tagStarts.pop() ?? 0;
    if (pendingCount === first) {
      // Nothing but comments inside.
      note(node, { startTag: text.slice(tagStart, gapStart), beforeEnd: gap(gapStart, at) });
      return end;
    }
    node.children = pending.slice(first, pendingCount);
    pendingCount = first;
    if (!isIndent(gapStart, at, stack.length - 1, true)) note(node, { beforeEnd: gap(gapStart, at) });
    return end;
  }

  /** True when the text between is exactly a line break (if there is to be one) and `depth` tabs. */
  function isIndent(from: number, to: number, depth: number, hasBreak: boolean): boolean {
    let at = from;
    if (hasBreak) {
      if (!text.startsWith(eol, at)) return false;
      at += eol.length;
    }
    if (to - at !== depth) return false;
    for (; at < to; at++) if (text.charCodeAt(at) !== TAB) return false;
    return true;
  }

  /** What stands between two tags. A marker may be left of a conflict there: text that no tag shows. */
  function gap(from: number, to: number): string {
    const between = text.slice(from, to);
    const marker = /^(?:={7}|>{7}|\|{7})(?: |\r?$)/m.exec(between);
    if (marker !== null) throw parseProblem(text, from + marker.index, conflictMarkers);
    return between;
  }

  function nextTag(from: number): number {
    const at = text.indexOf('<', from);
    if (at === -1) {
      const open = stack.at(-1);
      if (open !== undefined) throw cutOff(open);
      return text.length;
    }
    return at;
  }

  function skipPast(terminator: string, from: number, what: string): number {
    const at = text.indexOf(terminator, from);
    if (at === -1) throw parseProblem(text, from, `the ${what} does not end`);
    return at + terminator.length;
  }

  function cutOff(node: WwuElement): Error {
    return parseProblem(text, text.length, `the file ends inside <${node.name}>: it is cut off`);
  }
}

/** So many are read within a fraction of a turn. */
const tagsPerStep = 512;

const TAB = 9;
const SLASH = 47;
const GREATER = 62;

/** Wwise's own files reach a few dozen. What walks the tree may recurse this deep. */
const deepest = 500;

function note(node: WwuElement, difference: Layout): void {
  node.layout = { ...node.layout, ...difference };
}

function sniffEmptyClose(text: string): '/>' | ' />' {
  const at = text.indexOf('/>');
  return at > 0 && text.charCodeAt(at - 1) === 32 ? ' />' : '/>';
}

/** Position of the root element's start tag: after the declaration and whatever stands before the root. */
function findRootStart(text: string): number {
  if (text.startsWith('<<<<<<<')) throw parseProblem(text, 0, 'git conflict markers');
  let position = text.startsWith('<?xml') ? text.indexOf('?>') + 2 : 0;
  if (position === 1) throw parseProblem(text, 0, `the declaration ${xmlDeclaration} does not end`);
  for (;;) {
    position = text.indexOf('<', position);
    if (position === -1) throw parseProblem(text, 0, 'this is not a Wwise file: it has no XML element');
    if (!text.startsWith('<!--', position)) return position;
    const end = text.indexOf('-->', position);
    if (end === -1) throw parseProblem(text, position, 'the comment does not end');
    position = end + 3;
  }
}
