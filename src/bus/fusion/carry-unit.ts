import { toWwiseFlowError, type WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { carryRound, RoundFailure } from './carry-round.ts';
import { Culprit } from './culprit.ts';
import { type PlacedNode, placeRound } from './place-round.ts';
import type { Slot } from './slot.ts';
import { together } from './together.ts';
import type { KeyedSlot } from './unit-memo.ts';
import { beginUnit, type FinishedNode, type UnitParts, type UnitUnderWay } from './unit-under-way.ts';

/** How the shared calls of a unit went. */
export type Attempt =
  | { readonly kind: 'done'; readonly finished: readonly FinishedNode[] }
  /** Nothing is left of it. `at`: the node whose fault it is, when that is known. */
  | { readonly kind: 'taken back'; readonly at: number | undefined; readonly error: WwiseFlowError }
  /** What is left of it is not known. */
  | { readonly kind: 'unknown'; readonly error: WwiseFlowError; readonly begun: ReadonlySet<Slot> };

/**
 * Carries out a unit in rounds: each takes all nodes whose input is known, in as few calls as they fit into. What a later
 * node reads of an earlier one it reads from what Wwise answered. All or nothing: a failure takes everything back.
 */
export async function carryUnit(slots: readonly Slot[], parts: UnitParts): Promise<Attempt> {
  const { memo, group } = parts;
  const begun = new Set<Slot>();
  const intended: KeyedSlot[] = [];
  try {
    const finished = await carryRounds(slots, parts, begun, intended);
    if (begun.size > 0) await group.keep();
    return { kind: 'done', finished };
  } catch (thrown) {
    const culprit = thrown instanceof Culprit ? thrown : undefined;
    const error = toWwiseFlowError(culprit?.cause ?? thrown);
    const isLost = error.code === 'OUTCOME_UNKNOWN';
    if (begun.size > 0 && (isLost || !(await group.takeBack()))) return { kind: 'unknown', error, begun };
    memo.withdraw(intended);
    return { kind: 'taken back', at: culprit?.at, error };
  }
}

async function carryRounds(
  slots: readonly Slot[],
  parts: UnitParts,
  begun: Set<Slot>,
  intended: KeyedSlot[],
): Promise<readonly FinishedNode[]> {
  const { memo } = parts;
  const unit = await beginUnit(slots, parts);
  const executed: { readonly keyed: KeyedSlot; readonly data: JsonObject }[] = [];
  for (let pending = slots; pending.length > 0; ) {
    const { placed, waiting } = await placeRound(pending, unit);
    pending = waiting;
    if (placed.length === 0) continue;

    memo.intend(placed.map(({ keyed, piece }) => ({ keyed, before: piece.before })));
    intended.push(...placed.map(({ keyed }) => keyed));
    for (const { keyed, piece } of placed) keyed.slot.item.onIntent?.(piece.before);
    if (begun.size === 0) await parts.group.begin();
    for (const { keyed } of placed) begun.add(keyed.slot);
    const datas = await carried(placed, unit);
    for (const [index, { keyed, memo: state }] of placed.entries()) {
      const data = datas[index] ?? {};
      unit.finish(keyed, data, state);
      executed.push({ keyed, data });
    }
    memo.changed();
  }
  memo.complete(executed);
  return slots.flatMap((slot) => unit.finished.get(slot) ?? []);
}

async function carried(
  placed: readonly PlacedNode[],
  { known, returns, parts: { context, limits, checked }, blame }: UnitUnderWay,
): Promise<readonly JsonObject[]> {
  const slotAt = (at: number): Slot | undefined => placed[at]?.keyed.slot;
  try {
    const pieces = placed.map(({ piece }) => piece);
    const seen = await carryRound(pieces, known, returns, limits, context);
    return await together([...seen.entries()], async ([at, after]) => {
      const output = await pieces[at]?.output(after);
      const slot = slotAt(at);
      if (output === undefined || slot === undefined) throw new RoundFailure(at, 'It did not take effect.');
      return checked(slot, output);
    });
  } catch (thrown) {
    const slot = thrown instanceof RoundFailure ? slotAt(thrown.at) : undefined;
    throw slot === undefined ? thrown : blame(slot, thrown);
  }
}
