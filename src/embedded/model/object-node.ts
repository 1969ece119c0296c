import { attribute, childNamed, type WwuElement } from '../wwu/tree.ts';
import type { WwiseObject } from './model.ts';
import type { ProjectFile } from './project-file.ts';

/**
 * A Wwise object as a view of its element: the tree is the only truth, so nothing can disagree with it.
 * The index owns every node and keeps its links.
 */
export class ObjectNode implements WwiseObject {
  readonly id: string;
  readonly type: string;
  readonly element: WwuElement;
  file: ProjectFile;
  parent: ObjectNode | null = null;
  owner: ObjectNode | null = null;
  /** Direct children, until the ChildrenList changes. */
  cachedChildren: ObjectNode[] | null = null;
  /** Children of a physical folder: its folders and Work Units. They stand in no ChildrenList. */
  folderChildren: ObjectNode[] | null = null;
  readonly #links: NodeLinks;

  constructor(id: string, type: string, element: WwuElement, file: ProjectFile, links: NodeLinks) {
    this.id = id;
    this.type = type;
    this.element = element;
    this.file = file;
    this.#links = links;
  }

  get name(): string {
    return attribute(this.element, 'Name') ?? '';
  }

  get notes(): string {
    return childNamed(this.element, 'Comment')?.text ?? '';
  }

  get children(): readonly ObjectNode[] {
    if (this.folderChildren !== null) return inNameOrder(this.folderChildren);
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

  /** Raised by every change of the project: what is remembered of a node compares it. */
  get revision(): number {
    return this.#links.revision;
  }
}

/** What a node asks its index for. */
export interface NodeLinks {
  readonly revision: number;
  /** The object an element defines or stands for. */
  childNode(element: WwuElement): ObjectNode | undefined;
}

/**
 * Wwise lists folders and Work Units by name: the first child of `\Containers` is `Ambisonics`, not the Default Work Unit.
 * A rename, done or undone, moves them.
 */
function inNameOrder(folderChildren: ObjectNode[]): readonly ObjectNode[] {
  let previous = '';
  for (const { name } of folderChildren) {
    const key = name.toLowerCase();
    if (key < previous) return folderChildren.sort(byName);
    previous = key;
  }
  return folderChildren;
}

function byName(a: ObjectNode, b: ObjectNode): number {
  const left = a.name.toLowerCase();
  const right = b.name.toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}
