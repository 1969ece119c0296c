import { nullGuid } from '../../../core/null-guid.ts';
import { parseWwuSteps } from '../../wwu/parse.ts';
import { attribute, element, type WwuElement, walk } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { pathOf } from '../naming/paths.ts';
import { isOnlyAHolder } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { elementsPerStep } from '../writing/edit-step.ts';
import { insertInPieces, takeApart } from '../writing/pieces.ts';
import { rewriteWorkUnitIds } from '../writing/rewrite-work-unit-ids.ts';
import { isCopy, isFormer } from './are-restored.ts';
import { contentOf, isHollow } from './content-of.ts';
import { childOf, type ElementAddress, elementAt, twinOf } from './element-address.ts';
import type { KeptStep, SiblingPosition, Undoing } from './kept-step.ts';

/** Why what a step did cannot be reverted any more, as a sentence. */
export class NotRestorable extends Error {}

/**
 * Reverts steps that may lie some time back, the last one first. Throws NotRestorable where somebody has changed the same since, or
 * something would be left that refers to nothing; the edits so far are then for the caller to revert. Where it yields, the tree
 * holds together.
 */
export function* restoreSteps(
  steps: readonly KeptStep[],
  log: EditLog,
  index: ObjectIndex,
): Generator<void, void> {
  for (const step of [...steps].reverse()) yield* restoreStep(step, log, index);
}

function* restoreStep(
  { undoing, former, made }: KeptStep,
  log: EditLog,
  index: ObjectIndex,
): Generator<void, void> {
  const own = new Set(made);
  const detached = new Map<string, ObjectNode>();
  const back: WwuElement[] = [];
  const gone: string[] = [];
  const named = new Set<string>();
  const isGone = ({ id }: ElementAddress): boolean => own.has(id) && !index.byId.has(id);
  for (const undo of undoing) {
    if (detached.size === 0) yield;
    switch (undo.do) {
      case 'insert':
        if (!isGone(undo.in)) back.push(...(yield* insert(undo, log, index)));
        break;
      case 'remove':
        if (!isGone(undo.in)) gone.push(...(yield* remove(undo, own, log, index)));
        break;
      case 'detach': {
        const node = index.byId.get(undo.id);
        if (node === undefined) throw new NotRestorable(`${undo.id}, which it moved, is no longer there.`);
        yield* log.forgetLayout(node.element);
        detached.set(undo.id, node);
        if (node.parent !== null) log.note({ kind: 'childRemoved', parent: node.parent, child: node });
        log.leave(node.element);
        break;
      }
      case 'attach': {
        const node = detached.get(undo.id);
        if (node === undefined) throw new NotRestorable(`${undo.id}, which it moved, is no longer there.`);
        const { parent, at } = placeIn(node.element, undo.in, undo.place, index);
        log.arrive(parent, at, node.element);
        detached.delete(undo.id);
        yield* rewriteWorkUnitIds(log, index, node);
        if (node.parent !== null) log.note({ kind: 'childAdded', parent: node.parent, child: node });
        break;
      }
      default:
        if (isGone(undo.of)) break;
        setAgain(undo, log, index);
        if (undo.do === 'attribute' && undo.name === 'Name' && undo.of.path.length === 0)
          named.add(undo.of.id);
    }
  }
  for (const id of named) {
    for (const reference of index.referencesTo(id)) {
      refresh(reference, log, index);
      yield;
    }
  }
  for (const id of gone) {
    const [reference] = index.byId.has(id) ? [] : index.referencesTo(id);
    if (reference === undefined) continue;
    const holder = index.holderOf(reference);
    throw new NotRestorable(
      `What it made stays, because ${holder === undefined ? 'something' : `${holder.type} "${pathOf(holder)}"`} refers to it.`,
    );
  }
  for (const element of back) yield* refuseDangling(element, log, index);
  for (const one of former) {
    if (!isFormer(one, false, index))
      throw new NotRestorable('What was there before could not be put back to the letter.');
    yield;
  }
}

function* insert(
  { in: home, place: where, xml }: Extract<Undoing, { do: 'insert' }>,
  log: EditLog,
  index: ObjectIndex,
): Generator<void, readonly WwuElement[]> {
  const child = (yield* parseWwuSteps(Buffer.from(xml, 'utf8'))).root;
  const parent = elementAt(index, home);
  const there = parent && twinOf(parent, child);
  if (there !== undefined) {
    // A list that went because it was empty, and that somebody needed again.
    if (isHollow(child)) return [];
    throw new NotRestorable(
      `${nameOf(child)} of ${home.id}, which it took away, is there again: somebody else set it since.`,
    );
  }
  let seen = 0;
  for (const one of walk(child)) {
    if (++seen % elementsPerStep === 0) yield;
    const id = elementKind(one) === 'definition' ? attribute(one, 'ID') : undefined;
    if (id !== undefined && index.byId.has(id))
      throw new NotRestorable(`${id}, which it took away, is there again.`);
  }
  const place = placeIn(child, home, where, index);
  yield* insertInPieces(log, place.parent, place.at, child);
  for (const one of walk(child)) {
    if (++seen % elementsPerStep === 0) yield;
    const object = index.nodeOf(one);
    if (object === undefined) continue;
    log.note({ kind: 'created', object });
    if (object.parent !== null) log.note({ kind: 'childAdded', parent: object.parent, child: object });
  }
  return [child];
}

/** Gives the definitions that went. */
function* remove(
  { in: home, child: key, is }: Extract<Undoing, { do: 'remove' }>,
  own: ReadonlySet<string>,
  log: EditLog,
  index: ObjectIndex,
): Generator<void, readonly string[]> {
  const parent = elementAt(index, home);
  const child = parent && childOf(parent, key);
  if (child === undefined) {
    const [name, id] = key;
    if (own.has(id ?? '') || isOnlyAHolder(element(name))) return [];
    throw new NotRestorable(`What it set in ${home.id} was changed since by somebody else.`);
  }
  // A list it made in which others now have something stays for that.
  if ((yield* contentOf(child)) !== is) {
    if (isOnlyMore(child)) return [];
    throw new NotRestorable(
      `${nameOf(child)} of ${home.id}, which it made, was changed since by somebody else.`,
    );
  }
  const objects: ObjectNode[] = [];
  let seen = 0;
  for (const one of walk(child)) {
    const object = index.nodeOf(one);
    if (object !== undefined) objects.push(object);
    if (++seen % elementsPerStep === 0) yield;
  }
  for (const object of objects) {
    yield;
    const path = pathOf(object);
    log.note({ kind: 'deleting', object, path });
    if (object.parent !== null) log.note({ kind: 'childRemoved', parent: object.parent, child: object });
    log.note({ kind: 'deleted', object, path });
  }
  yield* takeApart(log, child);
  log.remove(child);
  return objects.map(({ id }) => id);
}

function isOnlyMore(node: WwuElement): boolean {
  return isOnlyAHolder(node) && node.children.length > 0;
}

function placeIn(
  child: WwuElement,
  home: ElementAddress,
  { after, before, at }: SiblingPosition,
  index: ObjectIndex,
): { readonly parent: WwuElement; readonly at: number } {
  const parent = elementAt(index, home);
  if (parent === undefined) throw new NotRestorable(`What held it in ${home.id} is no longer there.`);
  if (parent.name === 'ChildrenList') refuseTaken(attribute(child, 'Name'), parent, child);
  const previous = after === null ? undefined : childOf(parent, after);
  const next = before === null ? undefined : childOf(parent, before);
  const where =
    previous !== undefined
      ? parent.children.indexOf(previous) + 1
      : next !== undefined
        ? parent.children.indexOf(next)
        : Math.min(at, parent.children.length);
  return { parent, at: where };
}

/** Sources and Actions may be without a name, or share one. */
function refuseTaken(name: string | undefined, parent: WwuElement, child: WwuElement): void {
  if (name === undefined || name === '') return;
  const wanted = name.toLowerCase();
  const taken = parent.children.some(
    (one) =>
      one !== child && !/Action$|Source$/.test(one.name) && attribute(one, 'Name')?.toLowerCase() === wanted,
  );
  if (taken) throw new NotRestorable(`Another object beside it is called "${name}" by now.`);
}

function setAgain(
  undo: Extract<Undoing, { do: 'attribute' | 'text' }>,
  log: EditLog,
  index: ObjectIndex,
): void {
  const target = elementAt(index, undo.of);
  const isText = undo.do === 'text';
  if (target !== undefined && !isText && isCopy(target, undo.name)) {
    // Follows its target, which may have another name by now.
    refresh(target, log, index);
    return;
  }
  const now =
    target === undefined ? undefined : isText ? target.text : (attribute(target, undo.name) ?? null);
  if (now === undefined || (now !== undo.is && now !== undo.was))
    throw new NotRestorable(`What it set in ${undo.of.id} was changed since by somebody else.`);
  if (target === undefined || now === undo.was) return;
  if (isText) {
    log.setText(target, undo.was);
    return;
  }
  if (undo.name === 'Name' && target.parent?.name === 'ChildrenList')
    refuseTaken(undo.was ?? undefined, target.parent, target);
  log.setAttribute(target, undo.name, undo.was ?? undefined);
}

/** References that came back name their targets as these are now. */
function* refuseDangling(root: WwuElement, log: EditLog, index: ObjectIndex): Generator<void, void> {
  let seen = 0;
  for (const node of walk(root)) {
    if (++seen % elementsPerStep === 0) yield;
    if (elementKind(node) !== 'reference') continue;
    const id = attribute(node, 'ID')?.toUpperCase() ?? nullGuid;
    if (id !== nullGuid && !index.byId.has(id))
      throw new NotRestorable(
        `It referred to ${attribute(node, 'Name') ?? ''} ${id}, which is not there any more.`,
      );
    refresh(node, log, index);
  }
}

function refresh(reference: WwuElement, log: EditLog, index: ObjectIndex): void {
  const target = index.byId.get(attribute(reference, 'ID')?.toUpperCase() ?? '');
  if (target === undefined) return;
  if (attribute(reference, 'Name') !== undefined) log.setAttribute(reference, 'Name', target.name);
}

function nameOf(node: WwuElement): string {
  const name = attribute(node, 'Name');
  return name === undefined || name === '' ? node.name : `${node.name} "${name}"`;
}
