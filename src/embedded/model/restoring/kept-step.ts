import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../core/json.ts';
import { printWwu } from '../../wwu/print.ts';
import { attribute, type WwuElement, walk } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ProjectFile } from '../index/project-file.ts';
import { isOnlyAHolder } from '../structure/sections.ts';
import { type EditStep, reapplyStep } from '../writing/edit-log.ts';
import { addressOf, type ChildKey, type ElementAddress, keyInParent } from './element-address.ts';

/** Between which siblings an element stood, and as which of them. */
export type SiblingPosition = {
  readonly after: ChildKey | null;
  readonly before: ChildKey | null;
  readonly at: number;
};

/** One edit the other way round; journals hold it by these names. `is`: the content that the step left there, as `contentOf` names it. */
export type Undoing =
  | {
      readonly do: 'insert';
      readonly in: ElementAddress;
      readonly place: SiblingPosition;
      readonly xml: string;
    }
  | { readonly do: 'remove'; readonly in: ElementAddress; readonly child: ChildKey; readonly is: string }
  /** An object that was moved: out of where it is, then to where it was. */
  | { readonly do: 'detach'; readonly id: string }
  | {
      readonly do: 'attach';
      readonly id: string;
      readonly in: ElementAddress;
      readonly place: SiblingPosition;
    }
  | {
      readonly do: 'attribute';
      readonly of: ElementAddress;
      readonly name: string;
      readonly is: string | null;
      readonly was: string | null;
    }
  | {
      readonly do: 'text';
      readonly of: ElementAddress;
      readonly is: string | null;
      readonly was: string | null;
    };

/** What must be there again: an object in the one that held it, or another element; `was`: its content without objects in it. */
export type Former =
  | { readonly id: string; readonly in: string; readonly was: string }
  | { readonly in: ElementAddress; readonly child: ChildKey; readonly was: string };

/** What a step did, so that it can be reverted to the letter after other steps, and after a restart: GUIDs and order included. */
export type KeptStep = {
  /** The last edit first. */
  readonly undoing: readonly Undoing[];
  readonly former: readonly Former[];
  /** Definitions the step made: what it did to one of them is gone with it. */
  readonly made: readonly string[];
};

/** Describes a step that was just applied. Undefined for one that did more than change elements of the tree. */
export function keptStep(step: EditStep, index: ObjectIndex): KeptStep | undefined {
  const undoing: Undoing[] = [];
  const open: { readonly parent: WwuElement; readonly child: WwuElement }[] = [];
  const former: Former[] = [];
  const moved = movedIn(step);
  const inserted = new Set<WwuElement>();
  const back = [...step.edits].reverse();
  let reverted = 0;
  try {
    for (const edit of back) {
      const undo = undoingOf(edit.what, edit.file, index, moved);
      if (undo === undefined) return undefined;
      if (edit.what.kind === 'inserted' && !moved.has(edit.what.child)) inserted.add(edit.what.child);
      edit.revert();
      edit.file.state = edit.stateBefore;
      reverted += 1;
      if (edit.what.kind === 'removed' && !isHollow(edit.what.child)) open.push(edit.what);
      const done = undo();
      if (done === null) return undefined;
      if (done !== 'nothing') undoing.push(done);
    }
    for (const { parent, child } of open) {
      // What the step itself had put there is nothing that was there before; what was moved may be changed since.
      if (child.parent === parent && !moved.has(child)) former.push(...formerOf(parent, child, index));
    }
  } finally {
    reapplyStep({ edits: back.slice(0, reverted).reverse(), changes: [] });
  }
  const made = [...inserted].flatMap((child) =>
    [...walk(child)].flatMap((one) =>
      elementKind(one) === 'definition' ? (attribute(one, 'ID') ?? []) : [],
    ),
  );
  return { undoing, former, made };
}

function formerOf(parent: WwuElement, child: WwuElement, index: ObjectIndex): readonly Former[] {
  const objects = [...walk(child)].flatMap((one): readonly Former[] => {
    const node = index.nodeOf(one);
    const holder = one.parent === null ? undefined : index.holderOf(one.parent);
    return node === undefined || holder === undefined
      ? []
      : [{ id: node.id, in: holder.id, was: ownContentOf(one) }];
  });
  const home = addressOf(index, parent);
  if (index.nodeOf(child) !== undefined || home === undefined) return objects;
  return [...objects, { in: home, child: keyInParent(parent, child), was: ownContentOf(child) }];
}

/** To be called once the edit is reverted; null where it cannot be described. */
type Describing = () => Undoing | 'nothing' | null;

function undoingOf(
  what: EditStep['edits'][number]['what'],
  { document }: ProjectFile,
  index: ObjectIndex,
  moved: ReadonlySet<WwuElement>,
): Describing | undefined {
  switch (what.kind) {
    case 'other':
      return undefined;
    case 'layout':
      return () => 'nothing';
    case 'inserted': {
      const { parent, child } = what;
      const id = attribute(child, 'ID');
      if (moved.has(child) && id !== undefined) return () => ({ do: 'detach', id });
      if (standsForAFile(child)) return undefined;
      const home = addressOf(index, parent);
      const undo = home && {
        do: 'remove' as const,
        in: home,
        child: keyInParent(parent, child),
        is: contentOf(child),
      };
      return undo && (() => undo);
    }
    case 'removed': {
      const { parent, child } = what;
      if (standsForAFile(child)) return undefined;
      // As it is without the child: what distinguishes the parent may be just that.
      const home = addressOf(index, parent);
      if (home === undefined) return undefined;
      return () => {
        const position = positionOf(parent, child);
        const id = attribute(child, 'ID');
        if (moved.has(child) && id !== undefined) return { do: 'attach', id, in: home, place: position };
        const { eol, emptyClose } = document;
        const fragment = { root: child, prolog: '', hasByteOrderMark: false, eol, emptyClose, epilog: '' };
        return { do: 'insert', in: home, place: position, xml: printWwu(fragment).toString('utf8') };
      };
    }
    case 'attribute': {
      const { target, name } = what;
      const is = attribute(target, name) ?? null;
      const of = addressOf(index, target);
      return of && (() => ({ do: 'attribute', of, name, is, was: attribute(target, name) ?? null }));
    }
    case 'text': {
      const { target } = what;
      const is = target.text;
      const of = addressOf(index, target);
      return of && (() => ({ do: 'text', of, is, was: target.text }));
    }
  }
}

/** Objects that the step took out and put in again elsewhere. */
function movedIn({ edits }: EditStep): ReadonlySet<WwuElement> {
  const out = new Set<WwuElement>();
  const moved = new Set<WwuElement>();
  for (const { what } of edits) {
    if (what.kind === 'removed') out.add(what.child);
    if (what.kind === 'inserted' && out.has(what.child)) moved.add(what.child);
  }
  return moved;
}

function positionOf(parent: WwuElement, child: WwuElement): SiblingPosition {
  const at = parent.children.indexOf(child);
  const key = (sibling: WwuElement | undefined) =>
    sibling === undefined ? null : keyInParent(parent, sibling);
  return { after: key(parent.children[at - 1]), before: key(parent.children[at + 1]), at };
}

/** A list that was left empty and went. */
export function isHollow(node: WwuElement): boolean {
  return node.children.length === 0 && node.text === null && isOnlyAHolder(node);
}

/** A nested Work Unit is a file of its own. */
function standsForAFile(node: WwuElement): boolean {
  return [...walk(node)].some((one) => elementKind(one) === 'placeholder');
}

/** Names what an element holds: the names that references repeat, and the Work Units of their targets, do not count. */
export function contentOf(root: WwuElement): string {
  return nameOf([...walk(root)].map((node) => [...rowOf(node), node.children.length]));
}

/** The same without the objects in it, and without lists that are empty without those. */
export function ownContentOf(root: WwuElement): string {
  return nameOf(ownRows(root));
}

function ownRows(node: WwuElement): readonly unknown[] {
  const below = node.children.flatMap((child) => {
    if (elementKind(child) === 'definition') return [];
    const rows = ownRows(child);
    return rows.length === 1 && isOnlyAHolder(child) ? [] : [rows];
  });
  return [rowOf(node), ...below];
}

function rowOf(node: WwuElement): readonly unknown[] {
  const isReference = elementKind(node) === 'reference';
  const own = node.attributes.flatMap(({ name, value }) =>
    isReference && copied.has(name) ? [] : [[name, value]],
  );
  return [node.name, own, node.text];
}

function nameOf(rows: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(rows), 'utf8').digest('hex').slice(0, digits);
}

const copied: ReadonlySet<string> = new Set(['Name', 'WorkUnitID']);
const digits = 24;

/** What a journal holds of it; undefined for anything else. */
export function asKeptStep(value: JsonObject): KeptStep | undefined {
  return isKeptStep(value) ? value : undefined;
}

function isKeptStep(value: object): value is KeptStep {
  return ['undoing', 'former', 'made'].every((name) => Array.isArray(Reflect.get(value, name)));
}
