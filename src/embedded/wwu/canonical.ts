import { escapeAttribute } from './text.ts';
import type { WwuElement } from './tree.ts';

/** The first line of every file Wwise writes, without its line break. */
export const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>';

/** True for the two elements Wwise never closes in the start tag, even when they are empty. */
export function neverClosesItself(name: string): boolean {
  return name === 'Value' || name === 'Comment';
}

/** True when the element prints as one tag. */
export function closesItself(node: WwuElement): boolean {
  return node.children.length === 0 && node.text === null && !neverClosesItself(node.name);
}

/** What Wwise writes between the tag before and this start tag. */
export function canonicalBefore(node: WwuElement, isFirstChild: boolean, depth: number, eol: string): string {
  // Wwise forgets the line break before a PluginData that is the first child of its parent.
  if (isFirstChild && node.name === 'PluginData') return tabs(depth);
  return eol + tabs(depth);
}

/** The start tag as Wwise writes it. */
export function canonicalStartTag(node: WwuElement, emptyClose: string): string {
  let tag = `<${node.name}`;
  for (const { name, value } of node.attributes) tag += ` ${name}="${escapeAttribute(value)}"`;
  return tag + (closesItself(node) ? emptyClose : '>');
}

const tabCache: string[] = [];

/** `depth` tab characters. */
export function tabs(depth: number): string {
  let text = tabCache[depth];
  if (text === undefined) {
    text = '\t'.repeat(depth);
    tabCache[depth] = text;
  }
  return text;
}
