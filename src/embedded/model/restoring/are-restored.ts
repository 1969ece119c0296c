import { attribute, type WwuElement } from '../../wwu/tree.ts';
import { elementKind } from '../index/element-kind.ts';
import type { ObjectIndex } from '../index/object-index.ts';
import { contentOf, ownContentOf } from './content-of.ts';
import { childOf, elementAt } from './element-address.ts';
import type { Former, KeptStep, Undoing } from './kept-step.ts';

/** Objects of which something else is known than what a step took away or changed. */
export interface ElseKnown {
  /** Made shortly before: they may be gone again. */
  readonly made: readonly string[];
  /** Changed before: their content was something else. */
  readonly changed: readonly string[];
}

/** Whether all that these steps took away or changed is as it was before the first of them. In steps. */
export function* areRestored(
  steps: readonly KeptStep[],
  known: ElseKnown,
  index: ObjectIndex,
): Generator<void, boolean> {
  const made = new Set(known.made);
  const changed = new Set(known.changed);
  for (const step of steps) {
    const { former, undoing } = step;
    const places = new Set(former.map(placeOf));
    for (const one of former) {
      yield;
      if (!made.has(idOf(one)) && !isFormer(one, changed.has(idOf(one)), index)) return false;
    }
    const others = new Set([...made, ...changed]);
    for (const undo of undoing) {
      yield;
      // What was there before may be like what the step put in its place: as a point of a curve that is in both.
      if (undo.do === 'remove' && places.has(placeOf(undo))) continue;
      if (!(yield* isUndone(undo, others, index))) return false;
    }
    for (const id of step.made) made.add(id);
    for (const id of touchedBy(step)) changed.add(id);
  }
  return true;
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

/** Whether what was there before is there again. */
export function isFormer(former: Former, isChanged: boolean, index: ObjectIndex): boolean {
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

function* isUndone(undo: Undoing, known: ReadonlySet<string>, index: ObjectIndex): Generator<void, boolean> {
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
      return index.nodeOf(child) === undefined && (yield* contentOf(child)) !== undo.is;
    }
    default:
      return true;
  }
}

/** Whether an attribute only repeats what its target is. */
export function isCopy(target: WwuElement, name: string): boolean {
  return elementKind(target) === 'reference' && (name === 'Name' || name === 'WorkUnitID');
}
