import { nullGuid } from '../../../core/null-guid.ts';
import { parseWwu } from '../../wwu/parse.ts';
import { attribute, element, type WwuElement, walk } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import type { ObjectNode } from '../index/object-node.ts';
import { pathOf } from '../naming/paths.ts';
import { isOnlyAHolder } from '../structure/sections.ts';
import type { EditLog } from '../writing/edit-log.ts';
import { rewriteWorkUnitIds } from '../writing/rewrite-work-unit-ids.ts';
import { childOf, type ElementAddress, elementAt, twinOf } from './element-address.ts';
import {
  contentOf,
  type Former,
  isHollow,
  type KeptStep,
  ownContentOf,
  type SiblingPosition,
  type Undoing,
} from './kept-step.ts';

/** Why what a step did cannot be reverted any more, as a sentence. */
export class NotRestorable extends Error {}

/**
 * Reverts steps that may lie some time back, the last one first. Throws NotRestorable where somebody has changed the same since, or
 * something would be left that refers to nothing; the edits so far are then for the caller to revert.
 */
export function restoreSteps(steps: readonly KeptStep[], log: EditLog, index: ObjectIndex): void {
  for (const step of [...steps].reverse()) restoreStep(step, log, index);
}

/** Objects of which something else is known than what a step took away or changed. */
export interface ElseKnown {
  /** Made shortly before: they may be gone again. */
  readonly made: readonly string[];
  /** Changed before: their content was something else. */
  readonly changed: readonly string[];
}

/** Whether all that these steps took away or changed is as it was before the first of them. */
export function areRestored(steps: readonly KeptStep[], known: ElseKnown, index: ObjectIndex): boolean {
  const made = new Set(known.made);
  const changed = new Set(known.changed);
  return steps.every((step) => {
    const { former, undoing } = step;
    const places = new Set(former.map(placeOf));
    const isBack =
      former.every((one) => made.has(idOf(one)) || isFormer(one, changed.has(idOf(one)), index)) &&
      undoing.every(
        (undo) =>
          // What was there before may be like what the step put in its place: as a point of a curve that is in both.
          (undo.do === 'remove' && places.has(placeOf(undo))) ||
          isUndone(undo, new Set([...made, ...changed]), index),
      );
    for (const id of step.made) made.add(id);
    for (const id of touchedBy(step)) changed.add(id);
    return isBack;
  });
}

/** The objects a step made, took away or changed. */
export function touchedBy({ former, undoing, made }: KeptStep): readonly string[] {
  const changed = undoing.flatMap((undo) => {
    if (undo.do === 'attribute' || undo.do === 'text') return [undo.of.id];
    return undo.do === 'attach' || undo.do === 'detach' ? [undo.id] : [];
  });
  return [...made, ...former.map(idOf), ...changed];
}

function idOf(former: Former): string {
  return 'id' in former ? former.id : former.in.id;
}

/** Equal for what stands, or stood, at the same place that has no GUID. */
function placeOf(one: Former | Extract<Undoing, { do: 'remove' }>): string {
  return 'id' in one ? one.id : JSON.stringify([one.in.id, one.in.path, one.child]);
}

function isFormer(former: Former, isChanged: boolean, index: ObjectIndex): boolean {
  if ('id' in former) {
    const element = index.byId.get(former.id)?.element;
    if (element === undefined) return false;
    const holder = element.parent === null ? undefined : index.holderOf(element.parent);
    return isChanged || (holder?.id === former.in && ownContentOf(element) === former.was);
  }
  const home = elementAt(index, former.in);
  const child = home && childOf(home, former.child);
  return isChanged || (child !== undefined && ownContentOf(child) === former.was);
}

function isUndone(undo: Undoing, known: ReadonlySet<string>, index: ObjectIndex): boolean {
  switch (undo.do) {
    case 'attribute':
    case 'text': {
      const target = elementAt(index, undo.of);
      if (known.has(undo.of.id) || target === undefined) return true;
      if (undo.do === 'text') return target.text === undo.was;
      return isCopy(target, undo.name) || (attribute(target, undo.name) ?? null) === undo.was;
    }
    case 'attach': {
      const home = elementAt(index, undo.in);
      return known.has(undo.id) || index.byId.get(undo.id)?.element.parent === home;
    }
    case 'remove': {
      const home = elementAt(index, undo.in);
      const child = home && childOf(home, undo.child);
      if (known.has(undo.in.id) || child === undefined) return true;
      return index.nodeOf(child) === undefined && contentOf(child) !== undo.is;
    }
    default:
      return true;
  }
}

function restoreStep({ undoing, former, made }: KeptStep, log: EditLog, index: ObjectIndex): void {
  const own = new Set(made);
  const detached = new Map<string, ObjectNode>();
  const back: WwuElement[] = [];
  const gone: string[] = [];
  const named = new Set<string>();
  const isGone = ({ id }: ElementAddress): boolean => own.has(id) && !index.byId.has(id);
  for (const undo of undoing) {
    switch (undo.do) {
      case 'insert':
        if (!isGone(undo.in)) back.push(...insert(undo, log, index));
        break;
      case 'remove':
        if (!isGone(undo.in)) gone.push(...remove(undo, own, log, index));
        break;
      case 'detach': {
        const node = index.byId.get(undo.id);
        if (node === undefined) throw new NotRestorable(`${undo.id}, which it moved, is no longer there.`);
        detached.set(undo.id, node);
        log.forgetLayout(node.element);
        if (node.parent !== null) log.note({ kind: 'childRemoved', parent: node.parent, child: node });
        log.remove(node.element);
        break;
      }
      case 'attach': {
        const node = detached.get(undo.id);
        if (node === undefined) throw new NotRestorable(`${undo.id}, which it moved, is no longer there.`);
        insertAt(node.element, undo.in, undo.place, log, index);
        rewriteWorkUnitIds(log, index, node);
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
  for (const id of named) for (const reference of index.referencesTo(id)) refresh(reference, log, index);
  for (const id of gone) {
    const [reference] = index.byId.has(id) ? [] : index.referencesTo(id);
    if (reference === undefined) continue;
    const holder = index.holderOf(reference);
    throw new NotRestorable(
      `What it made stays, because ${holder === undefined ? 'something' : `${holder.type} "${pathOf(holder)}"`} refers to it.`,
    );
  }
  for (const element of back) refuseDangling(element, log, index);
  if (!former.every((one) => isFormer(one, false, index)))
    throw new NotRestorable('What was there before could not be put back to the letter.');
}

function insert(
  { in: home, place: where, xml }: Extract<Undoing, { do: 'insert' }>,
  log: EditLog,
  index: ObjectIndex,
): readonly WwuElement[] {
  const child = parseWwu(Buffer.from(xml, 'utf8')).root;
  const parent = elementAt(index, home);
  const there = parent && twinOf(parent, child);
  if (there !== undefined) {
    // A list that went because it was empty, and that somebody needed again.
    if (isHollow(child)) return [];
    throw new NotRestorable(
      `${nameOf(child)} of ${home.id}, which it took away, is there again: somebody else set it since.`,
    );
  }
  for (const one of walk(child)) {
    const id = elementKind(one) === 'definition' ? attribute(one, 'ID') : undefined;
    if (id !== undefined && index.byId.has(id))
      throw new NotRestorable(`${id}, which it took away, is there again.`);
  }
  insertAt(child, home, where, log, index);
  for (const one of walk(child)) {
    const object = index.nodeOf(one);
    if (object === undefined) continue;
    log.note({ kind: 'created', object });
    if (object.parent !== null) log.note({ kind: 'childAdded', parent: object.parent, child: object });
  }
  return [child];
}

/** Gives the definitions that went. */
function remove(
  { in: home, child: key, is }: Extract<Undoing, { do: 'remove' }>,
  own: ReadonlySet<string>,
  log: EditLog,
  index: ObjectIndex,
): readonly string[] {
  const parent = elementAt(index, home);
  const child = parent && childOf(parent, key);
  if (child === undefined) {
    const [name, id] = key;
    if (own.has(id ?? '') || isOnlyAHolder(element(name))) return [];
    throw new NotRestorable(`What it set in ${home.id} was changed since by somebody else.`);
  }
  // A list it made in which others now have something stays for that.
  if (contentOf(child) !== is) {
    if (isOnlyMore(child)) return [];
    throw new NotRestorable(
      `${nameOf(child)} of ${home.id}, which it made, was changed since by somebody else.`,
    );
  }
  const objects = [...walk(child)].flatMap((one) => index.nodeOf(one) ?? []);
  for (const object of objects) {
    const path = pathOf(object);
    log.note({ kind: 'deleting', object, path });
    if (object.parent !== null) log.note({ kind: 'childRemoved', parent: object.parent, child: object });
    log.note({ kind: 'deleted', object, path });
  }
  log.remove(child);
  return objects.map(({ id }) => id);
}

function isOnlyMore(node: WwuElement): boolean {
  return isOnlyAHolder(node) && node.children.length > 0;
}

function insertAt(
  child: WwuElement,
  home: ElementAddress,
  { after, before, at }: SiblingPosition,
  log: EditLog,
  index: ObjectIndex,
): void {
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
  log.insert(parent, where, child);
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

/** Whether an attribute only repeats what its target is. */
function isCopy(target: WwuElement, name: string): boolean {
  return elementKind(target) === 'reference' && (name === 'Name' || name === 'WorkUnitID');
}

/** References that came back name their targets as these are now. */
function refuseDangling(root: WwuElement, log: EditLog, index: ObjectIndex): void {
  for (const node of walk(root)) {
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
