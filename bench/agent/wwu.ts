import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';

/** An element of a Work Unit. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  readonly parent: Element | undefined;
  text: string;
}

/** What the files of a project say, read without any part of the program. */
export interface SavedProject {
  /** The objects of this tag and name, as `Sound`, in all Work Units. */
  all(tag: string, name?: string): readonly Element[];
  /** The only object of this tag and name. Throws when there is none, or more. */
  one(tag: string, name: string): Element;
  /** The objects of this name, without regard to case and of whatever type. */
  withName(name: string): readonly Element[];
  /** Names of the files below the Originals. */
  readonly originals: readonly string[];
}

/** Reads every Work Unit below a folder, but one that is half merged. */
export function readSaved(dir: string): SavedProject {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const roots = files
    .filter((file) => file.endsWith('.wwu'))
    .map((file) => readFileSync(join(dir, file), 'utf8'))
    .filter((text) => !text.includes('<<<<<<<'))
    .map(parse);
  const elements = roots.flatMap(withAllBelow);
  const all: SavedProject['all'] = (tag, name) =>
    elements.filter(
      (one) =>
        one.tag === tag && 'ID' in one.attributes && (name === undefined || one.attributes.Name === name),
    );
  return {
    all,
    one(tag, name) {
      const found = all(tag, name);
      const [first] = found;
      if (first === undefined || found.length > 1)
        throw new Error(`There are ${found.length} ${tag} "${name}".`);
      return first;
    },
    withName: (name) =>
      elements.filter(
        ({ attributes }) => 'ID' in attributes && attributes.Name?.toLowerCase() === name.toLowerCase(),
      ),
    originals: files
      .filter((file) => /^Originals.*\.wav$/.test(file))
      .map((file) => file.split(/[\\/]/).at(-1) ?? ''),
  };
}

/** The value of a property as it stands in the file; undefined where it has none. */
export function savedValue(element: Element, property: string): string | undefined {
  const found = own(element, 'PropertyList').find(({ attributes }) => attributes.Name === property);
  return (
    found?.attributes.Value ??
    withAllBelow(found ?? element).find(({ tag }) => found !== undefined && tag === 'Value')?.text
  );
}

/** The name of what a reference points at. */
export function targetOf(element: Element, reference: string): string | undefined {
  const found = own(element, 'ReferenceList').find(({ attributes }) => attributes.Name === reference);
  return found?.children.find(({ tag }) => tag === 'ObjectRef')?.attributes.Name;
}

/** The objects right below one. */
export function childrenOf(element: Element): readonly Element[] {
  return own(element, 'ChildrenList');
}

/** The names of those. */
export function namesIn(element: Element): readonly string[] {
  return childrenOf(element).map(({ attributes }) => attributes.Name ?? '');
}

/** The object one lies in. */
export function parentOf(element: Element): Element | undefined {
  return element.parent?.parent;
}

export function withAllBelow(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(withAllBelow)];
}

function own(element: Element, list: string): readonly Element[] {
  return element.children.filter(({ tag }) => tag === list).flatMap(({ children }) => children);
}

function parse(text: string): Element {
  const root: Element = { tag: '', attributes: {}, children: [], parent: undefined, text: '' };
  let at = root;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { tag: name, attributes: { ...attributes }, children: [], parent: at, text: '' };
    at.children.push(element);
    at = element;
  });
  parser.on('text', (piece) => {
    at.text += piece;
  });
  parser.on('cdata', (piece) => {
    at.text += piece;
  });
  parser.on('closetag', () => {
    at = at.parent ?? root;
  });
  parser.write(text).close();
  return root;
}
