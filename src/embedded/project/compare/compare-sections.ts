import type { Json } from '../../../core/json.ts';
import { elementKind } from '../../model/index/element-kind.ts';
import { attribute, childNamed, type WwuElement } from '../../wwu/tree.ts';

/**
 * What differs in the rest of an object's definition, entry by entry and by name: which child is assigned to which switch,
 * which source is active, which curve has which points. Entries that are in both are left out.
 */
export function changedSections(before: WwuElement, after: WwuElement): ValueChange[] {
  const names = new Set([...before.children, ...after.children].map(({ name }) => name));
  return [...names]
    .filter((name) => !ownSections.has(name))
    .flatMap((name) => {
      const [from, to] = [childNamed(before, name), childNamed(after, name)];
      if (textOf(from) === textOf(to)) return [];
      return [{ property: name, ...differenceOf(from, to) }];
    });
}

const ownSections: ReadonlySet<string> = new Set([
  'PropertyList',
  'ReferenceList',
  'ChildrenList',
  'Comment',
]);

function differenceOf(
  from: WwuElement | undefined,
  to: WwuElement | undefined,
): Pick<ValueChange, 'old' | 'new'> {
  const [old, now] = [entriesOf(from), entriesOf(to)];
  const gone = without(old, now);
  const added = without(now, old);
  if (gone.length > 0 || added.length > 0) return { old: listed(gone, from), new: listed(added, to) };
  return {
    old: listed(old, from),
    new: [...(listed(now, to) ?? []), '(in another order or with other details)'],
  };
}

interface Entry {
  readonly text: string;
  readonly said: string;
}

function entriesOf(section: WwuElement | undefined): readonly Entry[] {
  if (section === undefined) return [];
  const entries = section.children.length === 0 ? [section] : section.children;
  return entries.map((entry) => ({ text: textOf(entry), said: cut(describe(entry)) }));
}

function without(entries: readonly Entry[], others: readonly Entry[]): readonly Entry[] {
  const known = new Set(others.map(({ text }) => text));
  return entries.filter(({ text }) => !known.has(text));
}

/** Null when there is no such section. */
function listed(entries: readonly Entry[], section: WwuElement | undefined): string[] | null {
  if (section === undefined) return null;
  const said = entries.slice(0, mostEntries).map((entry) => entry.said);
  const more = entries.length - said.length;
  return more > 0 ? [...said, `and ${more} more`] : said;
}

const mostEntries = 20;
const longestEntry = 400;

function cut(text: string): string {
  return text.length <= longestEntry ? text : `${text.slice(0, longestEntry)}...`;
}

/** `Gravel: Step_01, Step_02`; `PropertyName=Volume, ControlInput: RPM, Curve: (0, -96), (100, 0)`. */
function describe(element: WwuElement): string {
  const name = attribute(element, 'Name');
  const value = attribute(element, 'Value') ?? (element.children.length === 0 ? element.text : null);
  const inside = element.children.map(describe).filter((said) => said !== '');
  const [first, ...rest] = inside;
  if (name !== undefined && value !== null && value !== '') return `${name}=${value}`;
  if (name !== undefined) return inside.length === 0 ? name : `${name}: ${inside.join(', ')}`;
  if (element.name === 'Point') return `(${inside.slice(0, 2).join(', ')})`;
  if (first === undefined) return value ?? '';
  return element.children[0]?.attributes.some((one) => one.name === 'Name') && rest.length > 0
    ? `${first}: ${rest.join(', ')}`
    : inside.join(', ');
}

/** All that matters of an element. The name beside the id of another object is only a copy, and moves with every rename. */
function textOf(element: WwuElement | undefined): string {
  if (element === undefined) return '';
  const isCopy = elementKind(element) !== 'definition' && attribute(element, 'ID') !== undefined;
  const attributes = element.attributes
    .filter(({ name }) => !(isCopy && name === 'Name'))
    .map(({ name, value }) => `${name}=${JSON.stringify(value)}`)
    .join(' ');
  return `<${element.name} ${attributes}>${element.text ?? element.children.map(textOf).join('')}</>`;
}

/** One value of an object that is not what it was. */
export interface ValueChange {
  /** A property or reference; `Volume (Windows)` for the value of one platform; else the section of the file. */
  readonly property: string;
  readonly old: Json;
  readonly new: Json;
}
