import { toWwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, type Json, type JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { foreignContent } from '../foreign-content.ts';
import { absent, type Cell, type Change, keepsOrder, keyOfCell, sameValue } from './change.ts';
import { type InverseCall, inverseOf } from './inverse-of.ts';
import { type CellValues, readCells } from './read-cells.ts';

/** What one node of a run changed, by what was recorded of its calls. Undefined: nothing was recorded. */
export interface Effect {
  readonly command: string;
  readonly input: Json;
  readonly output: JsonObject;
  readonly changes: readonly Change[] | undefined;
}

/** As much of an effect as it takes to take it back. */
export type Changed = Pick<Effect, 'changes'>;

/**
 * Whether what these effects did is still in the project, each for itself: false once all it changed was read back as it was
 * before it, or before the first of these effects that changed it; else a sentence on what was not. Undefined where nothing tells. Rejects when Wwise cannot be
 * asked.
 */
export async function remainingOf(
  effects: readonly Changed[],
  waapi: Waapi,
): Promise<readonly (false | string | undefined)[]> {
  const now = await readCells(effects.flatMap(cellsOf), waapi);
  const first = firstValues(effects);
  return effects.map(({ changes }) => {
    if (changes === undefined) return undefined;
    const verdicts = changes.map((change) => isAsBefore(change, now, first));
    const differing = changes.find((_, at) => verdicts[at] === false);
    if (differing !== undefined) return sentenceOn(differing);
    return verdicts.includes(undefined) ? undefined : false;
  });
}

/**
 * Takes effects back one by one, in this order; for each null, or why it could not be. What somebody else has changed since
 * is left as it is and named. May be called again after it was cut off: what is as before is left alone.
 */
export async function takeBackEffects(
  effects: readonly Changed[],
  waapi: Waapi,
): Promise<readonly (string | null)[]> {
  const now = await readCells(effects.flatMap(cellsOf), waapi);
  const known = ownIds(effects);
  const reasons: (string | null)[] = [];
  for (const effect of effects) reasons.push(await takeBackOne(effect, now, known, waapi));
  return reasons;
}

/** Whether all of what these effects did can be taken back without Undo in Wwise. Asks nothing. */
export function canTakeBack(effects: readonly Changed[]): boolean {
  return effects.every(({ changes }) =>
    changes?.every((change) => change.cell.kind !== 'order' && !('why' in inverseOf(change))),
  );
}

async function takeBackOne(
  { changes }: Changed,
  now: CellValues,
  known: ReadonlySet<string>,
  waapi: Waapi,
): Promise<string | null> {
  if (changes === undefined) return 'What it changed was not recorded.';
  const open = changes
    .filter((change) => isAsBefore(change, now, new Map()) !== true)
    .toReversed()
    .toSorted((a, b) => turnOf(a) - turnOf(b));
  const inverses = open.map((change) => ({ change, inverse: inverseOf(change) }));
  // Half of a change taken back is worse than none.
  for (const { inverse } of inverses) if ('why' in inverse) return inverse.why;
  const reasons: string[] = [];
  const done: Change[] = [];
  for (const { change, inverse } of inverses) {
    if ('why' in inverse) continue;
    const why = whyLeft(change, now) ?? (await carryOut(inverse.calls, known, waapi));
    if (why === undefined) done.push(change);
    else reasons.push(why);
  }
  for (const { cell, before } of done) now.set(keyOfCell(cell), before);
  const [reason] = reasons;
  if (reason === undefined) return null;
  return reasons.length === 1 ? reason : `${reason} (and ${reasons.length - 1} more)`;
}

/** Why something is left although it could be taken back: it is no longer what the run made of it. */
function whyLeft({ cell, after }: Change, now: CellValues): string | undefined {
  if (cell.kind === 'unseen') return cell.why;
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
    : 'It was read back afterwards and is not as it was before.';
}

function newIdsIn(before: Json, after: Json): readonly Json[] {
  const was = new Set(asJsonArray(before));
  return asJsonArray(after).filter((id) => !was.has(id));
}

function hasNoneOf(ids: readonly Json[], value: Json): boolean {
  const there = new Set(asJsonArray(value));
  return !ids.some((id) => there.has(id));
}

function nameOf(cell: Exclude<Cell, { kind: 'unseen' }>): string {
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

async function carryOut(
  calls: readonly InverseCall[],
  known: ReadonlySet<string>,
  waapi: Waapi,
): Promise<string | undefined> {
  for (const { uri, args } of calls) {
    try {
      const object = String(args.object);
      if (uri.endsWith('object.delete')) {
        const why = await wouldTakeAlong(object, known, waapi);
        if (why !== undefined) return why;
      }
      await waapi.call(uri, args);
    } catch (thrown) {
      const { code, message } = toWwiseFlowError(thrown);
      // Deleting what is not there is done already.
      const isMissing = code === 'OBJECT_NOT_FOUND';
      if (isMissing && uri.endsWith('object.delete')) continue;
      return isMissing && uri.endsWith('object.setReference') ? replaced : message;
    }
  }
  return undefined;
}

const replaced = 'It replaced an object that lay in this one, which comes back through Undo in Wwise only.';

/** Why an object the run made must stay: it now holds what others made, or what was there before and moved in. */
async function wouldTakeAlong(
  id: string,
  known: ReadonlySet<string>,
  waapi: Waapi,
): Promise<string | undefined> {
  const [first, ...more] = await foreignContent(id, known, waapi);
  if (first === undefined) return undefined;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return `It was left there, because it holds what this run is not known to have made: "${first.path}"${others}.`;
}

/** Everything the run is known to have made. */
function ownIds(effects: readonly Changed[]): ReadonlySet<string> {
  return new Set(effects.flatMap(({ changes }) => (changes ?? []).flatMap(({ own }) => own ?? [])));
}

function cellsOf({ changes }: Changed): readonly Cell[] {
  return (changes ?? []).flatMap(({ cell }) => (cell.kind === 'unseen' ? [] : [cell]));
}

/** What each cell was before the first of several effects on it. */
function firstValues(effects: readonly Changed[]): CellValues {
  const first: CellValues = new Map();
  for (const { cell, before } of effects.flatMap(({ changes }) => changes ?? []))
    if (!first.has(keyOfCell(cell))) first.set(keyOfCell(cell), before);
  return first;
}

function isAsBefore(
  { cell, before, after = null }: Change,
  now: CellValues,
  first: CellValues,
): boolean | undefined {
  const value = now.get(keyOfCell(cell));
  if (cell.kind === 'unseen' || value === undefined) return undefined;
  const isGone = value === absent && cell.kind !== 'object';
  if (isGone) return true;
  if (cell.kind === 'order') return keepsOrder(asJsonArray(before), asJsonArray(value));
  if (cell.kind === 'children')
    return hasNoneOf(newIdsIn(before, after), value) && keepsOrder(asJsonArray(before), asJsonArray(value));
  return sameValue(value, before) || sameValue(value, first.get(keyOfCell(cell)));
}
