import { childNamed, type WwuElement } from '../../wwu/tree.ts';
import type { ObjectNode } from '../index/object-node.ts';

/**
 * Which children have a name, for parents of many: looking at each child for each one that is added would take minutes. A table
 * is made when it is asked for, and follows what is added behind the others or goes.
 */
export class ChildNames {
  readonly #tables = new Map<ObjectNode, NameTable>();
  readonly #nodeOf: (element: WwuElement) => ObjectNode | undefined;

  /** `nodeOf`: the object that an element of a ChildrenList stands for. */
  constructor(nodeOf: (element: WwuElement) => ObjectNode | undefined) {
    this.#nodeOf = nodeOf;
  }

  /** The children of that name (in lower case), the first one first; null where there is no table: then look yourself. */
  called(parent: ObjectNode, wanted: string): readonly ObjectNode[] | null {
    const table = this.#tableOf(parent);
    return table === undefined ? null : (table.byName.get(wanted) ?? none);
  }

  /** Whether each of them has a name of its own that a path can hold as it is; false where there is no table. */
  arePlain(parent: ObjectNode): boolean {
    return this.#tableOf(parent)?.odd === 0;
  }

  #tableOf(parent: ObjectNode): NameTable | undefined {
    const list = childNamed(parent.element, 'ChildrenList');
    if (parent.folderChildren !== null || list === undefined || list.children.length < fewest)
      return undefined;
    let table = this.#tables.get(parent);
    if (table?.list !== list) {
      table = { list, seen: 0, odd: 0, byName: new Map() };
      this.#tables.set(parent, table);
    }
    for (; table.seen < list.children.length; table.seen++) this.#see(table);
    return table;
  }

  /** A child is about to leave its list. */
  leaving(parent: ObjectNode, child: WwuElement): void {
    const node = this.#nodeOf(child);
    const table = this.#drop(parent, node, node?.name ?? '');
    if (table !== undefined) table.seen--;
  }

  /** An object has another name than before. */
  renamed(node: ObjectNode, oldName: string): void {
    if (node.parent === null) return;
    const table = this.#drop(node.parent, node, oldName);
    if (table === undefined) return;
    // Which of two comes first is known by their list only.
    if ((table.byName.get(node.name.toLowerCase())?.length ?? 0) > 0) this.#tables.delete(node.parent);
    else add(table, node);
  }

  /** The table without the child; undefined, and no table any more, where it cannot follow. */
  #drop(parent: ObjectNode, node: ObjectNode | undefined, name: string): NameTable | undefined {
    const table = this.#tables.get(parent);
    const same = table?.byName.get(name.toLowerCase());
    const isWhole = table?.seen === table?.list.children.length;
    if (table === undefined || !isWhole || node === undefined || same?.includes(node) !== true) {
      this.#tables.delete(parent);
      return undefined;
    }
    same.splice(same.indexOf(node), 1);
    if (isOdd(name)) table.odd--;
    if (same.length > 0) table.odd--;
    return table;
  }

  /** A child came that does not stand behind all the others. */
  cameBetween(parent: ObjectNode): void {
    this.#tables.delete(parent);
  }

  /** Something came, went or was read anew whose parent is not known here. */
  forget(): void {
    this.#tables.clear();
  }

  #see(table: NameTable): void {
    const element = table.list.children[table.seen];
    const node = element === undefined ? undefined : this.#nodeOf(element);
    if (node !== undefined) add(table, node);
  }
}

function add(table: NameTable, node: ObjectNode): void {
  const key = node.name.toLowerCase();
  const same = table.byName.get(key);
  if (isOdd(node.name)) table.odd++;
  if (same !== undefined && same.length > 0) table.odd++;
  if (same === undefined) table.byName.set(key, [node]);
  else same.push(node);
}

interface NameTable {
  readonly list: WwuElement;
  /** So many of the list are in the table. */
  seen: number;
  /** So many of those are called like one before them, or otherwise than a path can hold. */
  odd: number;
  readonly byName: Map<string, ObjectNode[]>;
}

function isOdd(name: string): boolean {
  return name === '' || /[\\"\r\n]/.test(name);
}

/** Of fewer children a look at each costs less than a table. */
const fewest = 64;
const none: readonly ObjectNode[] = [];
