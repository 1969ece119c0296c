import { attribute, childNamed, type WwuElement } from '../../wwu/tree.ts';
import type { WwiseObject } from '../model.ts';
import type { ProjectFile } from './project-file.ts';

/**
 * A Wwise object as a view of its element: the tree is the only truth, so nothing can disagree with it.
 * The index owns every node and keeps its links.
 */
export class ObjectNode implements WwiseObject {
  readonly id: string;
  readonly type: string;
  readonly element: WwuElement;
  /** Of the outermost objects of a file; null for those in the file of what holds them. */
  ownFile: ProjectFile | null;
  parent: ObjectNode | null = null;
  owner: ObjectNode | null = null;
  /** Direct children, until the ChildrenList changes. */
  cachedChildren: ObjectNode[] | null = null;
  /** Children of a physical folder: its folders and Work Units. They stand in no ChildrenList. */
  folderChildren: ObjectNode[] | null = null;
  readonly #links: NodeLinks;
  /** What was last found, or put, in the order of the names. */
  #ordered: {
    readonly list: readonly ObjectNode[];
    readonly count: number;
    readonly revision: number;
  } | null = null;

  constructor(id: string, type: string, element: WwuElement, ownFile: ProjectFile | null, links: NodeLinks) {
    this.id = id;
    this.type = type;
    this.element = element;
    this.ownFile = ownFile;
    this.#links = links;
  }

  get file(): ProjectFile {
    for (let at: ObjectNode | null = this; at !== null; at = at.owner ?? at.parent)
      if (at.ownFile !== null) return at.ownFile;
    throw new TypeError(`${this.type} ${this.id} is in no file`);
  }

  get name(): string {
    return attribute(this.element, 'Name') ?? '';
  }

  get notes(): string {
    return childNamed(this.element, 'Comment')?.text ?? '';
  }

  get children(): readonly ObjectNode[] {
    if (this.folderChildren !== null) return this.#inNameOrder(this.folderChildren);
    if (this.cachedChildren === null) {
      const list = childNamed(this.element, 'ChildrenList');
      this.cachedChildren = [];
      for (const child of list?.children ?? []) {
        const node = this.#links.childNode(child);
        if (node !== undefined) this.cachedChildren.push(node);
      }
    }
    return this.cachedChildren;
  }

  /** How many children there are at most, without a look at each. */
  get childCount(): number {
    const known = this.folderChildren ?? this.cachedChildren;
    return known?.length ?? childNamed(this.element, 'ChildrenList')?.children.length ?? 0;
  }

  /** Objects that stand in this one without being its children: RTPCs, curves, custom effects, list items. */
  get inner(): readonly ObjectNode[] {
    const inner: ObjectNode[] = [];
    const pending = this.element.children.toReversed();
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (at.name === 'ChildrenList' && at.parent === this.element) continue;
      const node = this.#links.childNode(at);
      if (node === undefined) for (const below of at.children.toReversed()) pending.push(below);
      else if (node.owner === this || node.parent === this) inner.push(node);
    }
    return inner;
  }

  /** Its children of a name in lower case; null where looking at each is as quick. */
  childrenCalled(wanted: string): readonly ObjectNode[] | null {
    return this.#links.childNames.called(this, wanted);
  }

  /** Known without a look at each child: what they are called in a path are their names. */
  get hasPlainChildren(): boolean {
    return this.#links.childNames.arePlain(this);
  }

  /** Raised by every change of the project: what is remembered of a node compares it. */
  get revision(): number {
    return this.#links.revision;
  }

  /**
   * Wwise lists folders and Work Units by name: the first child of `\Containers` is `Ambisonics`, not the Default Work Unit.
   * A rename, done or undone, moves them; it raises the revision.
   */
  #inNameOrder(list: ObjectNode[]): readonly ObjectNode[] {
    const { revision } = this;
    const known = this.#ordered;
    if (known?.list !== list || known.count !== list.length || known.revision !== revision) {
      putInNameOrder(list);
      this.#ordered = { list, count: list.length, revision };
    }
    return list;
  }
}

/** What a node asks its index for. */
export interface NodeLinks {
  readonly revision: number;
  /** What a table of names knows of a parent's children; object-index.ts keeps it. */
  readonly childNames: {
    called(parent: ObjectNode, wanted: string): readonly ObjectNode[] | null;
    arePlain(parent: ObjectNode): boolean;
  };
  /** The object an element defines or stands for. */
  childNode(element: WwuElement): ObjectNode | undefined;
}

/** Mostly it is in order, and looking costs less than sorting. */
function putInNameOrder(nodes: ObjectNode[]): void {
  let previous = '';
  for (const { name } of nodes) {
    const key = name.toLowerCase();
    if (key < previous) {
      nodes.sort(byName);
      return;
    }
    previous = key;
  }
}

function byName(a: ObjectNode, b: ObjectNode): number {
  const left = a.name.toLowerCase();
  const right = b.name.toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}
