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
  readonly #resolveChild: (element: WwuElement) => ObjectNode | undefined;

  constructor(
    id: string,
    type: string,
    element: WwuElement,
    file: ProjectFile,
    resolveChild: (element: WwuElement) => ObjectNode | undefined,
  ) {
    this.id = id;
    this.type = type;
    this.element = element;
    this.file = file;
    this.#resolveChild = resolveChild;
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
        const node = this.#resolveChild(child);
        if (node !== undefined) this.cachedChildren.push(node);
      }
    }
    return this.cachedChildren;
  }
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
