import { childNamed, type WwuElement, walk } from '../../wwu/tree.ts';
import type { EditLog } from './edit-log.ts';

/**
 * Takes the objects below one out of the tree, the last and innermost first, so that what is left of it can be removed at once.
 * Yields behind each: what is still there holds together. Little is left as it is.
 */
export function* takeApart(log: EditLog, object: WwuElement): Generator<void, void> {
  const list = childrenOf(object);
  if (list === undefined) return;
  for (let at = list.children.length - 1; at >= 0; at--) {
    const child = list.children[at];
    if (child === undefined) continue;
    yield* takeApart(log, child);
    log.remove(child, true);
    yield;
  }
}

/** Puts what is in no tree yet into one: first without the objects below it, where those are many, then these. Yields behind each. */
export function* insertInPieces(
  log: EditLog,
  parent: WwuElement,
  at: number,
  whole: WwuElement,
): Generator<void, void> {
  const pieces = cutIntoPieces(whole);
  log.insert(parent, at, whole);
  yield* insertPieces(log, pieces);
}

/** An object, and the list below another that it was cut out of. */
export interface CutPiece {
  readonly list: WwuElement;
  readonly child: WwuElement;
}

/** Takes the objects below one that is in no tree yet out of it, where they are many; outer ones come first. */
export function cutIntoPieces(whole: WwuElement): readonly CutPiece[] {
  const pieces: CutPiece[] = [];
  const cut = (object: WwuElement): void => {
    const list = childrenOf(object);
    if (list === undefined) return;
    const { children } = list;
    list.children = [];
    for (const child of children) {
      pieces.push({ list, child });
      cut(child);
    }
  };
  cut(whole);
  return pieces;
}

/** Puts the pieces back once what they were cut out of is in the tree. Yields before each. */
export function* insertPieces(log: EditLog, pieces: readonly CutPiece[]): Generator<void, void> {
  for (const { list, child } of pieces) {
    yield;
    log.insert(list, list.children.length, child, true);
  }
}

/** The list of the objects below one; undefined where all of it is done in one step. */
function childrenOf(object: WwuElement): WwuElement | undefined {
  const list = childNamed(object, 'ChildrenList');
  return list === undefined || isLittle(list) ? undefined : list;
}

function isLittle(list: WwuElement): boolean {
  let elements = 0;
  for (const _ of walk(list)) if (++elements > mostAtOnce) return false;
  return true;
}

/** So many elements take about a millisecond. */
const mostAtOnce = 500;
