import { atOnce } from '../../core/turns/turns.ts';
import { canonicalBefore, canonicalStartTag, tabs } from './canonical.ts';
import { escapeText } from './text.ts';
import type { WwuDocument, WwuElement } from './tree.ts';

/**
 * The bytes of a document. An element prints as Wwise writes it, save where its layout keeps what the file had:
 * a document that was parsed and not edited prints to the bytes it came from.
 */
export function printWwu(document: WwuDocument): Buffer {
  return atOnce(printWwuSteps(document));
}

/** The same, yielding every few hundred elements: see core/turns/turns.ts. */
export function* printWwuSteps(document: WwuDocument): Generator<void, Buffer> {
  const { eol, emptyClose } = document;
  const pieces: Buffer[] = [];
  let out = `${document.hasByteOrderMark ? '\uFEFF' : ''}${document.prolog}`;
  let steps = 0;

  /** Prints an element up to its first child; true when it has children. */
  function begin(node: WwuElement, isFirstChild: boolean, depth: number): boolean {
    const { layout } = node;
    if (depth > 0) out += layout?.before ?? canonicalBefore(node, isFirstChild, depth, eol);
    const startTag = layout?.startTag ?? canonicalStartTag(node, emptyClose);
    out += startTag;
    if (startTag.endsWith('/>')) return false;
    if (node.children.length > 0) return true;
    if (node.text !== null) {
      out += layout?.text ?? printText(node);
    } else if (layout?.beforeEnd !== undefined) {
      out += layout.beforeEnd;
    }
    out += layout?.endTag ?? `</${node.name}>`;
    return false;
  }

  function end({ name, layout }: WwuElement, depth: number): void {
    out += layout?.beforeEnd ?? eol + tabs(depth);
    out += layout?.endTag ?? `</${name}>`;
  }

  const open: { readonly node: WwuElement; next: number }[] = [];
  if (begin(document.root, true, 0)) open.push({ node: document.root, next: 0 });
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const isFirst = inner.next === 0;
    const child = inner.node.children[inner.next++];
    if (child === undefined) {
      open.pop();
      end(inner.node, open.length);
    } else if (begin(child, isFirst, open.length)) {
      open.push({ node: child, next: 0 });
    }
    if (++steps % elementsPerStep !== 0) continue;
    // Text that grows for long is as long work at its end.
    if (out.length > longestPiece) {
      pieces.push(Buffer.from(out, 'utf8'));
      out = '';
    }
    yield;
  }
  pieces.push(Buffer.from(out + document.epilog, 'utf8'));
  return Buffer.concat(pieces);
}

/** So many are printed within a fraction of a turn. */
const elementsPerStep = 512;
const longestPiece = 1_000_000;

function printText(node: WwuElement): string {
  const text = node.text ?? '';
  if (node.form === 'raw') return text;
  if (node.form === 'cdata') return `<![CDATA[${text}]]>`;
  return escapeText(text);
}
