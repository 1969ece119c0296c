import { canonicalBefore, closesItself, neverClosesItself, tabs, xmlDeclaration } from './canonical.ts';
import { parseProblem } from './parse-problem.ts';
import { findPluginDataEnd, scanStartTag } from './scan.ts';
import { escapeText, unescapeText } from './text.ts';
import type { Layout, WwuDocument, WwuElement } from './tree.ts';

/**
 * Reads one .wproj or .wwu file. Throws WwuParseProblem, with line and column, when the file is not what Wwise
 * writes: not UTF-8, not well-formed, cut off, or holding git conflict markers.
 */
export function parseWwu(bytes: Uint8Array): WwuDocument {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw parseProblem('', 0, 'the file is not UTF-8 text');
  }
  const hasByteOrderMark = text.charCodeAt(0) === 0xfeff;
  return parseText(hasByteOrderMark ? text.slice(1) : text, hasByteOrderMark);
}

function parseText(text: string, hasByteOrderMark: boolean): WwuDocument {
  const firstBreak = text.indexOf('\n');
  const eol = firstBreak > 0 && text.charCodeAt(firstBreak - 1) === 13 ? '\r\n' : '\n';
  // Sniffed before parsing: the style of the first empty element is the style of the file.
  const emptyClose = sniffEmptyClose(text);
  const rootStart = findRootStart(text);
  const stack: WwuElement[] = [];
  let root: WwuElement | null = null;
  let position = rootStart;
  let gapStart = rootStart;

  while (position < text.length) {
    const parent = stack.at(-1);
    if (text.startsWith('</', position)) {
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
      const tag = scanStartTag(text, position);
      const node: WwuElement = {
        name: tag.name,
        attributes: tag.attributes,
        children: [],
        text: null,
        form: tag.name === 'PluginData' ? 'raw' : text.startsWith('<![CDATA[', tag.end) ? 'cdata' : 'markup',
        parent: parent ?? null,
        layout: null,
      };
      const before = text.slice(gapStart, position);
      const isFirst = parent === undefined || parent.children.length === 0;
      if (parent === undefined) root = node;
      else parent.children.push(node);
      if (parent !== undefined && before !== canonicalBefore(node, isFirst, stack.length, eol))
        note(node, { before });
      position = tag.selfClosed ? tag.end : readContent(node, tag.end);
      if (!tag.canonical || (tag.selfClosed && !endsCanonically(node, tag.end))) {
        note(node, { startTag: text.slice(tag.start, tag.end) });
      } else if (!tag.selfClosed && closesItself(node) && text.startsWith('</', position)) {
        note(node, { startTag: text.slice(tag.start, tag.end) });
      }
      if (!tag.selfClosed) {
        if (text.startsWith('</', position)) position = endElement(node, position);
        else {
          stack.push(node);
          gapStart = tag.end;
          continue;
        }
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
    if (text.startsWith('</', end)) {
      const raw = text.slice(start, end);
      if (raw !== '') {
        node.text = unescapeText(raw);
        if (escapeText(node.text) !== raw) note(node, { text: raw });
      }
      return end;
    }
    return end;
  }

  function endElement(node: WwuElement, at: number): number {
    const close = text.indexOf('>', at);
    if (close === -1) throw cutOff(node);
    const endTag = text.slice(at, close + 1);
    const name = endTag.slice(2, -1).trimEnd();
    if (name !== node.name) throw parseProblem(text, at, `</${name}> where </${node.name}> was expected`);
    if (endTag !== `</${node.name}>`) note(node, { endTag });
    if (node.children.length > 0) {
      const beforeEnd = text.slice(gapStart, at);
      if (beforeEnd !== eol + tabs(stack.length - 1)) note(node, { beforeEnd });
    }
    return close + 1;
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
