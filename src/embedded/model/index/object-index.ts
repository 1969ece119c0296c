import { countedNames } from '../../../wwise/names/name-rules.gen.ts';
import { attribute, isWithin, type WwuElement } from '../../wwu/tree.ts';
import { ChildNames } from '../naming/child-names.ts';
import { guidsInPluginData } from '../structure/plugin-data.ts';
import { elementKind } from './element-kind.ts';
import { ObjectNode } from './object-node.ts';
import type { ProjectFile } from './project-file.ts';

/**
 * Finds objects by id, type and element, and references by target. Follows the tree: `attach` after an element was
 * inserted, `detach` before one is removed. A node keeps its identity when its element leaves and comes back (undo, move).
 */
export class ObjectIndex {
  /** Raised by every change: caches built from the graph compare it. */
  revision = 0;
  /** Follows the tree; of names it hears by `renamed`. */
  readonly childNames = new ChildNames((element) => this.childNode(element));
  readonly byId = new Map<string, ObjectNode>();
  readonly byType = new Map<string, Set<ObjectNode>>();
  /** Audio sources since somebody last took them from here, to find what plays a file without looking at all of them. */
  readonly newSources: ObjectNode[] = [];
  /** Objects whose names must be unique in the project, new or renamed since somebody last took them from here. */
  readonly newNames: ObjectNode[] = [];
  /** Nodes whose element left the tree: they come back with it (undo, move). */
  readonly #absent = new WeakMap<WwuElement, ObjectNode>();
  /** Most objects are referred to once or never: a set is made for the second reference. */
  readonly #references = new Map<string, WwuElement | Set<WwuElement>>();
  readonly #placeholders = new Map<string, WwuElement>();
  /** Data of plug-ins by the GUIDs in it. */
  readonly #mentions = new Map<string, Set<WwuElement>>();
  readonly #fileOf: (element: WwuElement) => ProjectFile;

  constructor(fileOf: (element: WwuElement) => ProjectFile) {
    this.#fileOf = fileOf;
  }

  /** The object an element defines. Elements are looked up by their id: a table of its own would cost as much as the objects. */
  nodeOf(element: WwuElement): ObjectNode | undefined {
    const id = attribute(element, 'ID');
    if (id === undefined) return undefined;
    const node = this.byId.get(id) ?? this.byId.get(id.toUpperCase());
    return node?.element === element ? node : undefined;
  }

  /** The object whose definition holds the element: itself when the element is a definition. */
  holderOf(element: WwuElement): ObjectNode | undefined {
    for (let at: WwuElement | null = element; at !== null; at = at.parent) {
      const node = this.nodeOf(at);
      if (node !== undefined) return node;
    }
    return undefined;
  }

  /** Elements that refer to the id and repeat its name, a nested Work Unit's placeholder included. */
  referencesTo(id: string): readonly WwuElement[] {
    const placeholder = this.#placeholders.get(id);
    const known = this.#references.get(id);
    const references = known instanceof Set ? [...known] : known === undefined ? [] : [known];
    return placeholder === undefined ? references : [...references, placeholder];
  }

  /** Data of plug-ins in which the id stands. It is the plug-in's own: nothing renames or drops what is in it. */
  mentionsOf(id: string): Iterable<WwuElement> {
    return this.#mentions.get(id) ?? [];
  }

  /** Where a nested Work Unit hangs in the file of its parent. */
  placeholderOf(id: string): WwuElement | undefined {
    return this.#placeholders.get(id);
  }

  /** Of those in the same file, at any depth. */
  placeholdersBelow(above: WwuElement): readonly WwuElement[] {
    return [...this.#placeholders.values()].filter((placeholder) => isWithin(placeholder, above));
  }

  /** Places of nested Work Units that were not read. */
  emptyPlaceholders(): readonly WwuElement[] {
    return [...this.#placeholders].flatMap(([id, element]) => (this.byId.has(id) ? [] : [element]));
  }

  attach(root: WwuElement): void {
    this.revision++;
    const file = this.#fileOf(root);
    const holder = root.parent === null ? undefined : this.holderOf(root.parent);
    if (root.parent === null) this.childNames.forget();
    else if (holder !== undefined && isBetweenChildren(root)) this.childNames.cameBetween(holder);
    this.#attachBelow(root, file, holder ?? null, root.parent?.name === 'ChildrenList');
    if (holder !== undefined) holder.cachedChildren = null;
  }

  detach(root: WwuElement): void {
    this.revision++;
    const holder = root.parent === null ? undefined : this.holderOf(root.parent);
    if (root.parent === null) this.childNames.forget();
    else if (holder !== undefined && root.parent.name === 'ChildrenList')
      this.childNames.leaving(holder, root);
    this.#detachBelow(root);
    if (holder !== undefined) holder.cachedChildren = null;
  }

  /** Before an object goes to another place of the tree, where it must `arrive` at once: all in it stays as it is known. */
  leave(root: WwuElement): void {
    this.revision++;
    const holder = root.parent === null ? undefined : this.holderOf(root.parent);
    if (holder === undefined) return;
    if (root.parent?.name === 'ChildrenList') this.childNames.leaving(holder, root);
    holder.cachedChildren = null;
  }

  /** After an object that had left stands in its new place. */
  arrive(root: WwuElement): void {
    this.revision++;
    const node = this.nodeOf(root);
    const holder = root.parent === null ? undefined : this.holderOf(root.parent);
    if (node === undefined || holder === undefined) return;
    if (isBetweenChildren(root)) this.childNames.cameBetween(holder);
    const viaChildren = root.parent?.name === 'ChildrenList';
    node.parent = viaChildren ? holder : null;
    node.owner = viaChildren ? null : holder;
    this.#noteNames(node);
    holder.cachedChildren = null;
  }

  /** In another hierarchy other names count. */
  #noteNames(node: ObjectNode): void {
    if (hasSharedName(node)) this.newNames.push(node);
    for (const child of node.children) if (child.ownFile === null) this.#noteNames(child);
  }

  /** To be called after an attribute of an element was set: an object may have another name. */
  renamed(element: WwuElement, oldName: string): void {
    this.revision++;
    const node = this.nodeOf(element);
    if (node !== undefined && node.name !== oldName) this.childNames.renamed(node, oldName);
    if (node !== undefined && hasSharedName(node)) this.newNames.push(node);
  }

  #attachBelow(
    element: WwuElement,
    file: ProjectFile,
    holder: ObjectNode | null,
    viaChildren: boolean,
  ): ObjectNode | null {
    let inside = holder;
    const kind = elementKind(element);
    if (element.form === 'raw') this.#addMentions(element);
    if (kind !== 'other') {
      const id = (attribute(element, 'ID') ?? '').toUpperCase();
      if (kind === 'definition') inside = this.#register(id, element, file, holder, viaChildren);
      else if (kind === 'reference') this.#addReference(id, element);
      else this.#hang(id, element, holder);
    }
    if (element.name === 'ChildrenList') this.#attachChildren(element, file, inside);
    else for (const child of element.children) this.#attachBelow(child, file, inside, false);
    if (kind === 'definition' && inside !== null && !hasChildrenList(element)) inside.cachedChildren = none;
    return inside;
  }

  /** The children are noted on the way: looking each of them up again would cost as much as reading the file. */
  #attachChildren(list: WwuElement, file: ProjectFile, holder: ObjectNode | null): void {
    const children: ObjectNode[] = [];
    for (const child of list.children) {
      const node = this.#attachBelow(child, file, holder, true);
      if (node?.element === child && this.byId.get(node.id) === node) children.push(node);
    }
    // A nested Work Unit may not have been read yet: then the list is made when it is asked for.
    if (holder?.element === list.parent && children.length === list.children.length)
      holder.cachedChildren = children;
  }

  #register(
    id: string,
    element: WwuElement,
    file: ProjectFile,
    holder: ObjectNode | null,
    viaChildren: boolean,
  ): ObjectNode {
    const ownFile = holder === null ? file : null;
    const node = this.#absent.get(element) ?? new ObjectNode(id, element.name, element, ownFile, this);
    node.ownFile = ownFile;
    node.cachedChildren = null;
    node.parent = viaChildren ? holder : null;
    node.owner = viaChildren ? null : holder;
    // The first definition of an id wins: files merged by hand may hold one twice.
    if (!this.byId.has(id)) this.byId.set(id, node);
    let sameType = this.byType.get(node.type);
    if (sameType === undefined) {
      sameType = new Set();
      this.byType.set(node.type, sameType);
    }
    sameType.add(node);
    if (node.type === 'AudioFileSource') this.newSources.push(node);
    if (hasSharedName(node)) this.newNames.push(node);
    const placeholder = this.#placeholders.get(id);
    if (placeholder !== undefined && placeholder.parent !== null)
      node.parent = this.holderOf(placeholder.parent) ?? null;
    return node;
  }

  /** A nested Work Unit is a child of the object that holds its placeholder, though it lives in a file of its own. */
  #hang(id: string, placeholder: WwuElement, holder: ObjectNode | null): void {
    this.#placeholders.set(id, placeholder);
    const node = this.byId.get(id);
    if (node !== undefined) node.parent = holder;
  }

  #addReference(id: string, element: WwuElement): void {
    const known = this.#references.get(id);
    if (known === undefined) this.#references.set(id, element);
    else if (known instanceof Set) known.add(element);
    else this.#references.set(id, new Set([known, element]));
  }

  #addMentions(data: WwuElement): void {
    for (const id of guidsInPluginData(data)) {
      const known = this.#mentions.get(id);
      if (known === undefined) this.#mentions.set(id, new Set([data]));
      else known.add(data);
    }
  }

  /** A placeholder stands for the Work Unit in the other file. */
  childNode(child: WwuElement): ObjectNode | undefined {
    const own = this.nodeOf(child);
    if (own !== undefined) return own;
    return elementKind(child) === 'placeholder'
      ? this.byId.get((attribute(child, 'ID') ?? '').toUpperCase())
      : undefined;
  }

  #detachBelow(element: WwuElement): void {
    for (const child of element.children) this.#detachBelow(child);
    if (element.form === 'raw')
      for (const id of guidsInPluginData(element)) this.#mentions.get(id)?.delete(element);
    const kind = elementKind(element);
    if (kind === 'other') return;
    const id = (attribute(element, 'ID') ?? '').toUpperCase();
    if (kind === 'reference') this.#dropReference(id, element);
    else if (kind === 'placeholder') {
      this.#placeholders.delete(id);
      const nested = this.byId.get(id);
      if (nested !== undefined) nested.parent = null;
    } else {
      const node = this.nodeOf(element) ?? this.#secondDefinition(element);
      if (node === undefined) return;
      this.byType.get(node.type)?.delete(node);
      if (this.byId.get(id) === node) this.byId.delete(id);
      this.#absent.set(element, node);
    }
  }

  /** A definition whose id another one had first. */
  #secondDefinition(element: WwuElement): ObjectNode | undefined {
    for (const node of this.byType.get(element.name) ?? []) if (node.element === element) return node;
    return undefined;
  }

  #dropReference(id: string, element: WwuElement): void {
    const known = this.#references.get(id);
    if (known === element) this.#references.delete(id);
    else if (known instanceof Set) known.delete(element);
  }
}

function hasSharedName({ type }: ObjectNode): boolean {
  return (countedNames[type]?.scope ?? null) !== null;
}

function hasChildrenList({ children }: WwuElement): boolean {
  for (const child of children) if (child.name === 'ChildrenList') return true;
  return false;
}

function isBetweenChildren(root: WwuElement): boolean {
  return root.parent?.name === 'ChildrenList' && root.parent.children.at(-1) !== root;
}

/** What all objects without children share. */
const none: ObjectNode[] = [];
Object.freeze(none);
