import { atOnce } from '../../../core/turns/turns.ts';
import { printWwuSteps } from '../../wwu/print.ts';
import { attribute, type WwuElement, walk } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ProjectFile } from '../index/project-file.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { type Edit, type EditStep, elementsPerStep, type TreeChange } from '../writing/edit-step.ts';
import { contentOf, isHollow, ownContentOf } from './content-of.ts';
import { addressOf, keyInParent } from './element-address.ts';
import type { Former, KeptStep, SiblingPosition, Undoing } from './kept-step.ts';

/**
 * Describes a step that was just applied and is in the log still. Undefined for one that did more than change elements of the
 * tree. In steps: meanwhile a part of it is put back, and where it yields the tree holds together.
 */
export function* describeStep(
  step: EditStep,
  log: EditLog,
  index: ObjectIndex,
): Generator<void, KeptStep | undefined> {
  const undoing: Undoing[] = [];
  const open: { readonly parent: WwuElement; readonly child: WwuElement }[] = [];
  const former: Former[] = [];
  const moved = movedIn(step);
  const inserted = new Set<WwuElement>();
  const back = [...step.edits].reverse();
  const reverted: Edit[] = [];
  const revert = (edit: Edit): void => {
    log.turn(edit, false);
    reverted.push(edit);
  };
  try {
    for (let at = 0; at < back.length; ) {
      const firstWhole = pastPieces(back, at);
      const edit = back[firstWhole];
      if (edit === undefined) return undefined;
      const { what } = edit;
      // What was put in, or taken out, in pieces is described as a whole.
      let content: string | undefined;
      if (firstWhole > at && what.kind === 'inserted') {
        if (yield* standsForAFile(what.child)) return undefined;
        content = yield* contentOf(what.child);
      }
      for (; at < firstWhole; at++) {
        const piece = back[at];
        if (piece !== undefined) revert(piece);
        yield;
      }
      const undo = yield* undoingOf(what, edit.file, index, moved, content);
      if (undo === undefined) return undefined;
      if (what.kind === 'inserted' && !moved.has(what.child)) inserted.add(what.child);
      revert(edit);
      at += 1;
      if (what.kind === 'removed' && !isHollow(what.child)) open.push(what);
      const described = undo();
      for (; ; at++) {
        const piece = back[at];
        const child = pieceIn(piece, 'removed');
        if (piece === undefined || child === undefined) break;
        if (yield* standsForAFile(child)) return undefined;
        revert(piece);
        yield;
      }
      const done = typeof described === 'function' ? yield* described() : described;
      if (done !== 'nothing') undoing.push(done);
      if (edit.beginsApart) yield;
    }
    for (const { parent, child } of open) {
      // What the step itself had put there is nothing that was there before; what was moved may be changed since.
      if (child.parent === parent && !moved.has(child)) yield* addFormer(former, parent, child, index);
    }
  } finally {
    for (const edit of reverted.reverse()) {
      log.turn(edit, true);
      if (edit.beginsApart) yield;
    }
    log.settle();
  }
  const made = new Set<string>();
  let seen = 0;
  for (const child of inserted) {
    for (const one of walk(child)) {
      const id = elementKind(one) === 'definition' ? attribute(one, 'ID') : undefined;
      if (id !== undefined) made.add(id);
      if (++seen % elementsPerStep === 0) yield;
    }
  }
  return { undoing, former, made: [...made] };
}

/** Behind what was put in in pieces comes, in this order, what they were put into. */
function pastPieces(back: readonly Edit[], from: number): number {
  for (let at = from; ; at++) {
    const edit = back[at];
    if (pieceIn(edit, 'inserted') === undefined) return at;
  }
}

/** What was put in, or taken out, as a piece of something. */
function pieceIn(edit: Edit | undefined, kind: 'inserted' | 'removed'): WwuElement | undefined {
  const { what } = edit ?? {};
  return what?.kind === kind && what.isPiece ? what.child : undefined;
}

function* addFormer(
  former: Former[],
  parent: WwuElement,
  child: WwuElement,
  index: ObjectIndex,
): Generator<void, void> {
  for (const one of walk(child)) {
    const node = index.nodeOf(one);
    const holder = node === undefined || one.parent === null ? undefined : index.holderOf(one.parent);
    if (node === undefined || holder === undefined) continue;
    former.push({ id: node.id, in: holder.id, was: ownContentOf(one) });
    yield;
  }
  const home = addressOf(index, parent);
  if (index.nodeOf(child) !== undefined || home === undefined) return;
  former.push({ in: home, child: keyInParent(parent, child), was: ownContentOf(child) });
}

/** To be called once the edit is reverted; a function that it gives, once the pieces of it are. */
type Describing = () => Undoing | 'nothing' | (() => Generator<void, Undoing>);

/** Undefined where it cannot be described. `content`: what was put in with its pieces, where it was in pieces. */
function* undoingOf(
  what: TreeChange,
  { document }: ProjectFile,
  index: ObjectIndex,
  moved: ReadonlySet<WwuElement>,
  content: string | undefined,
): Generator<void, Describing | undefined> {
  switch (what.kind) {
    case 'other':
      return undefined;
    case 'layout':
      return () => 'nothing';
    case 'inserted': {
      const { parent, child } = what;
      const id = attribute(child, 'ID');
      if (moved.has(child) && id !== undefined) return () => ({ do: 'detach', id });
      if (yield* standsForAFile(child)) return undefined;
      const home = addressOf(index, parent);
      const undo = home && {
        do: 'remove' as const,
        in: home,
        child: keyInParent(parent, child),
        is: content ?? (yield* contentOf(child)),
      };
      return undo && (() => undo);
    }
    case 'removed': {
      const { parent, child } = what;
      // What is moved is nowhere now: nobody may look.
      const isFile = moved.has(child) ? atOnce(standsForAFile(child)) : yield* standsForAFile(child);
      if (isFile) return undefined;
      // As it is without the child: what distinguishes the parent may be just that.
      const home = addressOf(index, parent);
      if (home === undefined) return undefined;
      return () => {
        const position = positionOf(parent, child);
        const id = attribute(child, 'ID');
        if (moved.has(child) && id !== undefined) return { do: 'attach', id, in: home, place: position };
        const { eol, emptyClose } = document;
        const fragment = { root: child, prolog: '', hasByteOrderMark: false, eol, emptyClose, epilog: '' };
        return function* () {
          const xml = (yield* printWwuSteps(fragment)).toString('utf8');
          return { do: 'insert', in: home, place: position, xml };
        };
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
  const at = parent.children.lastIndexOf(child);
  const key = (sibling: WwuElement | undefined) =>
    sibling === undefined ? null : keyInParent(parent, sibling);
  return { after: key(parent.children[at - 1]), before: key(parent.children[at + 1]), at };
}

/** A nested Work Unit is a file of its own. */
function* standsForAFile(node: WwuElement): Generator<void, boolean> {
  let seen = 0;
  for (const one of walk(node)) {
    if (elementKind(one) === 'placeholder') return true;
    if (++seen % elementsPerStep === 0) yield;
  }
  return false;
}
