import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, type Json } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import {
  absent,
  type Cell,
  type Change,
  keepsOrder,
  keyOfCell,
  madeChildren,
  referredIn,
  sameValue,
} from './change.ts';
import { type InverseCall, inverseOf, onlyByUndo } from './inverse-of.ts';
import { type CellValues, readCells } from './read-cells.ts';
import { keptIn, restoreKept, whichAreBack } from './restore-kept.ts';
import { type OwnObjects, whyItStays, whyRangeStays } from './why-it-stays.ts';

/** What was recorded of the calls of one command. Undefined: nothing was. */
export interface Changed {
  readonly changes: readonly Change[] | undefined;
}

/**
 * Whether what these effects did is still in the project, each for itself: false once all it changed was read back as it was
 * before it, or before the first of these effects that changed it; else a sentence on what was not. Undefined where nothing shows it. Rejects when Wwise cannot be
 * asked.
 */
export async function remainingOf(
  effects: readonly Changed[],
  waapi: Waapi,
): Promise<readonly (false | string | undefined)[]> {
  const now = await readCells(effects.flatMap(cellsOf), waapi);
  const first = firstValues(effects);
  const areBack = await whichAreBack(effects, waapi);
  return effects.map(({ changes }, at) => {
    if (changes === undefined) return undefined;
    const verdicts = changes.map((change) => isAsBefore(change, now, first));
    const differing = changes.find((_, at) => verdicts[at] === false);
    if (differing !== undefined) return sentenceOn(differing);
    if (areBack[at] === false) return notAsBefore;
    return areBack[at] !== true && verdicts.includes(undefined) ? undefined : false;
  });
}

/**
 * Whether nothing is left of what these effects did, each for itself: all that can be read of what they changed is as it was
 * before. False where that is nothing. Rejects when Wwise cannot be asked.
 */
export async function areLost(effects: readonly Changed[], waapi: Waapi): Promise<readonly boolean[]> {
  const now = await readCells(effects.flatMap(cellsOf), waapi);
  return effects.map(({ changes = [] }) => {
    const verdicts = changes.map((change) => isAsBefore(change, now, new Map()));
    return verdicts.includes(true) && !verdicts.includes(false);
  });
}

/**
 * Takes effects back one by one, in this order; for each null, or why it could not be. What somebody else has changed since
 * is left as it is and named. May be called again after it was cut off: what is as before is left alone.
 */
export async function rollBackEffects(
  effects: readonly Changed[],
  waapi: Waapi,
): Promise<readonly (string | null)[]> {
  const now = await readCells(effects.flatMap(cellsOf), waapi);
  const own: OwnObjects = { made: madeBy(effects), left: new Set() };
  const reasons: (string | null)[] = [];
  for (const [at, effect] of effects.entries()) {
    const { why, hasRestored } = await rollBackOne(effect, now, own, waapi);
    reasons.push(why);
    // What was not there has come back with what was done to it before.
    if (!hasRestored) continue;
    const again = await readCells(effects.slice(at + 1).flatMap(cellsOf), waapi);
    for (const [key, value] of again) now.set(key, value);
  }
  return reasons;
}

/** Whether all of what these effects did can be rolled back without Undo in Wwise. Asks nothing. */
export function canRollBack(effects: readonly Changed[]): boolean {
  return effects.every(
    ({ changes }) => changes !== undefined && (keptIn(changes) !== undefined || !changes.some(onlyByUndo)),
  );
}

interface RolledBack {
  readonly why: string | null;
  readonly hasRestored: boolean;
}

async function rollBackOne(
  { changes }: Changed,
  now: CellValues,
  own: OwnObjects,
  waapi: Waapi,
): Promise<RolledBack> {
  if (changes === undefined) return { why: 'What it changed was not recorded.', hasRestored: false };
  const kept = await restoreKept(changes, waapi);
  if (kept === 'restored') return { why: null, hasRestored: true };
  const whyKept = kept === 'none' ? undefined : kept.why;
  return { why: await makeInverseCalls(changes, whyKept, now, own, waapi), hasRestored: false };
}

/** `whyKept`: why the backend does not revert it to the letter. */
async function makeInverseCalls(
  changes: readonly Change[],
  whyKept: string | undefined,
  now: CellValues,
  own: OwnObjects,
  waapi: Waapi,
): Promise<string | null> {
  const open = changes
    .filter((change) => isAsBefore(change, now, new Map()) !== true)
    .toReversed()
    .toSorted((a, b) => turnOf(a) - turnOf(b));
  const inverses = open.map((change) => ({ change, inverse: inverseOf(change) }));
  // Half of a change rolled back is worse than none.
  for (const { inverse } of inverses) {
    if (!('why' in inverse)) continue;
    for (const id of madeBy([{ changes }])) own.left.add(id);
    return whyKept ?? inverse.why;
  }
  const done: Change[] = [];
  let left: Left[] = inverses.flatMap(({ change, inverse }) =>
    'why' in inverse ? [] : [{ change, calls: inverse.calls, why: '', isTaken: true }],
  );
  // A name that another object still has may be free once that one has its own again: such changes get another turn.
  for (let before = Infinity; left.some(({ isTaken }) => isTaken) && left.length < before; ) {
    before = left.length;
    const open: readonly Left[] = left;
    left = [];
    for (const one of open) {
      const refused = one.isTaken ? await putBack(one, now, own, waapi) : one;
      if (refused === undefined) done.push(one.change);
      else left.push({ ...one, ...refused });
    }
  }
  for (const { cell, before } of done) now.set(keyOfCell(cell), before);
  const [first, ...more] = left;
  if (first === undefined) return null;
  return more.length === 0 ? first.why : `${first.why} (and ${more.length} more)`;
}

/** Why a change stays. */
interface Refused {
  readonly why: string;
  /** Only because another object has the name. */
  readonly isTaken: boolean;
}

interface Left extends Refused {
  readonly change: Change;
  readonly calls: readonly InverseCall[];
}

async function putBack(
  { change, calls }: Left,
  now: CellValues,
  own: OwnObjects,
  waapi: Waapi,
): Promise<Refused | undefined> {
  const why = whyLeft(change, now) ?? (await whyRangeStays(change, own, waapi));
  return why === undefined ? makeCalls(calls, own, waapi) : { why, isTaken: false };
}

/** Why something is left although it could be rolled back: it is no longer what the run made of it. */
function whyLeft({ cell, after }: Change, now: CellValues): string | undefined {
  if (cell.kind === 'unseen') return cell.why;
  if (cell.kind === 'kept') return undefined;
  const value = now.get(keyOfCell(cell));
  if (value === undefined) return 'What is there now cannot be read.';
  // Nothing is left of what was done to an object that is gone.
  if (value === absent || sameValue(value, after)) return undefined;
  if (cell.kind === 'object' || cell.kind === 'children' || cell.kind === 'order') return undefined;
  const what = nameOf(cell);
  return `${what} of ${cell.id} was changed since by somebody else and was left as it is.`;
}

function sentenceOn({ cell }: Change): string {
  return cell.kind === 'order'
    ? 'What it moved is back, but its place among the other children is another: no call of Wwise sets that.'
    : notAsBefore;
}

const notAsBefore = 'It was read back afterwards and is not as it was before.';

function hasNoneOf(ids: readonly Json[], value: Json): boolean {
  const there = new Set(asJsonArray(value));
  return !ids.some((id) => there.has(id));
}

function nameOf(cell: Exclude<Cell, { kind: 'unseen' | 'kept' }>): string {
  if (cell.kind === 'value') return cell.member.replace('@', '');
  return cell.kind === 'answer' ? cell.uri.replace(/^.*\.(get)?/, '') : cell.kind;
}

/**
 * Newest first, but: a range before what must lie in it, a link after the value it replaces, and the deletion of what was made
 * last, because other things may refer to it, or lie in it.
 */
function turnOf({ cell, before }: Change): number {
  if (cell.kind === 'range') return 0;
  if (cell.kind === 'object' && before === absent) return 3;
  return cell.kind === 'answer' && cell.uri.endsWith('.isLinked') ? 2 : 1;
}

async function makeCalls(
  calls: readonly InverseCall[],
  own: OwnObjects,
  waapi: Waapi,
): Promise<Refused | undefined> {
  for (const { uri, args } of calls) {
    try {
      const object = String(args.object);
      if (uri.endsWith('object.delete')) {
        const why = await whyItStays(object, own, waapi);
        if (why !== undefined) return { why, isTaken: false };
      }
      await waapi.call(uri, args);
    } catch (thrown) {
      const { code, message } = toWwiseFlowError(thrown);
      // Deleting what is not there is done already.
      const isMissing = code === 'OBJECT_NOT_FOUND';
      if (isMissing && uri.endsWith('object.delete')) continue;
      const why = isMissing && uri.endsWith('object.setReference') ? replaced : message;
      return { why, isTaken: code === 'NAME_CONFLICT' };
    }
  }
  return undefined;
}

const replaced = 'It replaced an object that lay in this one, which comes back through Undo in Wwise only.';

/** Everything the run is known to have made. */
function madeBy(effects: readonly Changed[]): ReadonlySet<string> {
  return new Set(effects.flatMap(({ changes }) => (changes ?? []).flatMap(({ own }) => own ?? [])));
}

function cellsOf({ changes }: Changed): readonly Cell[] {
  return (changes ?? []).flatMap(({ cell }) =>
    cell.kind === 'unseen' || cell.kind === 'kept' ? [] : [cell],
  );
}

/** What each cell was before the first of several effects on it. */
function firstValues(effects: readonly Changed[]): CellValues {
  const first: CellValues = new Map();
  for (const change of effects.flatMap(({ changes }) => changes ?? [])) {
    const { cell, before } = change;
    if (cell.kind !== 'kept' && !first.has(keyOfCell(cell))) first.set(keyOfCell(cell), before);
    for (const id of change.own ?? []) {
      const key = keyOfCell({ kind: 'object', id });
      if (!first.has(key)) first.set(key, absent);
    }
  }
  return first;
}

/** The children that an earlier effect neither made nor moved to this object. */
function ownChildren(id: string, children: readonly Json[], first: CellValues): readonly Json[] {
  return children.filter((child) => {
    if (typeof child !== 'string') return true;
    if (first.get(keyOfCell({ kind: 'object', id: child })) === absent) return false;
    const parent = first.get(keyOfCell({ kind: 'value', id: child, member: 'parent', platform: '' }));
    return parent === undefined || parent === absent || referredIn(parent) === id;
  });
}

function isAsBefore(change: Change, now: CellValues, first: CellValues): boolean | undefined {
  const { cell, before } = change;
  if (cell.kind === 'kept') return true;
  const value = now.get(keyOfCell(cell));
  if (cell.kind === 'unseen' || value === undefined) return undefined;
  const isGone = value === absent && cell.kind !== 'object';
  if (isGone) return true;
  if (cell.kind === 'order' || cell.kind === 'children') {
    const { id } = cell;
    const others = (['order', 'children'] as const).map((kind) => first.get(keyOfCell({ kind, id })));
    const inOrder = [before, ...others].some(
      (known) =>
        known !== undefined && keepsOrder(ownChildren(id, asJsonArray(known), first), asJsonArray(value)),
    );
    return inOrder && (cell.kind === 'order' || hasNoneOf(madeChildren(change), value));
  }
  return sameValue(value, before) || sameValue(value, first.get(keyOfCell(cell)));
}
