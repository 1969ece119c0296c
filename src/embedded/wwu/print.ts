import { canonicalBefore, canonicalStartTag, tabs } from './canonical.ts';
import { escapeText } from './text.ts';
import type { WwuDocument, WwuElement } from './tree.ts';

/**
 * The bytes of a document. An element prints as Wwise writes it, save where its layout keeps what the file had:
 * a document that was parsed and not edited prints to the bytes it came from.
 */
export function printWwu(document: WwuDocument): Buffer {
  const { eol, emptyClose } = document;
  let out = document.prolog;

  function printElement(node: WwuElement, isFirstChild: boolean, depth: number): void {
    const { layout } = node;
    if (depth > 0) out += layout?.before ?? canonicalBefore(node, isFirstChild, depth, eol);
    const startTag = layout?.startTag ?? canonicalStartTag(node, emptyClose);
    out += startTag;
    if (startTag.endsWith('/>')) return;
    if (node.children.length > 0) {
      for (let index = 0; index < node.children.length; index++) {
        const child = node.children[index];
        if (child !== undefined) printElement(child, index === 0, depth + 1);
      }
      out += layout?.beforeEnd ?? eol + tabs(depth);
    } else if (node.text !== null) {
      out += layout?.text ?? printText(node);
    } else if (layout?.beforeEnd !== undefined) {
      out += layout.beforeEnd;
    }
    out += layout?.endTag ?? `</${node.name}>`;
  }

  printElement(document.root, true, 0);
  out += document.epilog;
  return Buffer.from(document.hasByteOrderMark ? `\uFEFF${out}` : out, 'utf8');
}

function printText(node: WwuElement): string {
  const text = node.text ?? '';
  if (node.form === 'raw') return text;
  if (node.form === 'cdata') return `<![CDATA[${text}]]>`;
  return escapeText(text);
}
