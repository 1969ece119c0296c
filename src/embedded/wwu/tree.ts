/** One attribute, its value decoded. */
export interface WwuAttribute {
  readonly name: string;
  value: string;
}

/**
 * How an element's text in the file differs from what the printer would write. Present only where it differs:
 * files Wwise wrote have almost none (.wproj files saved again by the Unity integration have some).
 * An edit drops what it invalidates, so a file differs from its former bytes only around the edit.
 */
export interface Layout {
  /** Everything between the tag before and this start tag. */
  readonly before?: string;
  /** The start tag with its angle brackets; ends with `/>` when it closes itself. */
  readonly startTag?: string;
  /** The text as escaped in the file. */
  readonly text?: string;
  /** Everything between the last child and the end tag. */
  readonly beforeEnd?: string;
  readonly endTag?: string;
}

/** `raw`: the content of a PluginData, which belongs to the plug-in and is kept as it is. */
export type WwuForm = 'markup' | 'cdata' | 'raw';

/** An element holds children or text, never both. */
export interface WwuElement {
  readonly name: string;
  attributes: WwuAttribute[];
  children: WwuElement[];
  /** Decoded text, null when there is none. Line breaks are kept as they are. */
  text: string | null;
  readonly form: WwuForm;
  parent: WwuElement | null;
  layout: Layout | null;
}

/** One .wproj or .wwu file as a tree. */
export interface WwuDocument {
  readonly root: WwuElement;
  /** Text before the root element as it stands in the file, without byte order mark. */
  readonly prolog: string;
  readonly hasByteOrderMark: boolean;
  /** Line break of the markup, sniffed at the end of the first line. */
  readonly eol: '\n' | '\r\n';
  /** What closes an empty element: `/>`, or ` />` in files saved through .NET. */
  readonly emptyClose: '/>' | ' />';
  /** Text after the root element. */
  readonly epilog: string;
}

/**
 * What elements of a parsed file share when they have no attributes or no children: a large project has millions of them.
 * Frozen; an element gets an array of its own with its first child (the attributes are replaced as a whole).
 */
export const noAttributes: WwuAttribute[] = [];
export const noChildren: WwuElement[] = [];
Object.freeze(noAttributes);
Object.freeze(noChildren);

/** A new element for an edit; attributes in the order given. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  content: readonly WwuElement[] | string | null = null,
): WwuElement {
  const made: WwuElement = {
    name,
    attributes: Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [{ name: key, value }],
    ),
    children: typeof content === 'string' || content === null ? [] : [...content],
    text: typeof content === 'string' ? content : null,
    form: 'markup',
    parent: null,
    layout: null,
  };
  for (const child of made.children) child.parent = made;
  return made;
}

/** Value of an attribute, or undefined. */
export function attribute(node: WwuElement, name: string): string | undefined {
  for (const candidate of node.attributes) if (candidate.name === name) return candidate.value;
  return undefined;
}

/** First child element of that name, or undefined. */
export function childNamed(node: WwuElement, name: string): WwuElement | undefined {
  for (const child of node.children) if (child.name === name) return child;
  return undefined;
}

/** A deep copy without layout, detached from any parent. */
export function cloneElement(node: WwuElement): WwuElement {
  const copy: WwuElement = {
    name: node.name,
    attributes: node.attributes.map(({ name, value }) => ({ name, value })),
    children: node.children.map(cloneElement),
    text: node.text,
    form: node.form,
    parent: null,
    layout: null,
  };
  for (const child of copy.children) child.parent = copy;
  return copy;
}

/** Whether an element is another one or stands in it. */
export function isWithin(element: WwuElement, outer: WwuElement): boolean {
  for (let at: WwuElement | null = element; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** The element and everything below it, parents first. */
export function* walk(node: WwuElement): Generator<WwuElement> {
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    for (let index = next.children.length - 1; index >= 0; index--) {
      const child = next.children[index];
      if (child !== undefined) pending.push(child);
    }
  }
}
