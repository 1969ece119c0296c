import type { Json, JsonObject } from '../../core/json.ts';
import type { CommandContext } from '../command.ts';
import { parseInput } from '../parse-input.ts';
import type { MemoState } from '../result.ts';
import { asInput, settleCommand } from '../untyped-command.ts';
import { claimedKeys } from './claimed-keys.ts';
import type { Piece } from './fusion.ts';
import { createLanes } from './lanes.ts';
import { rememberingReads } from './remembering-reads.ts';
import { namedBy, resolvedInput, type Slot } from './slot.ts';
import type { KeyedSlot, MemoAnswer } from './unit-memo.ts';
import type { UnitUnderWay } from './unit-under-way.ts';

/** A node with its part of the shared calls. */
export interface PlacedNode {
  readonly keyed: KeyedSlot;
  readonly piece: Piece;
  readonly memo: MemoState;
}

/**
 * Chooses what goes into the next shared calls: every node whose input is known, that no earlier one of its lane waits for
 * and that does not get in another's way. Memo hits are finished on the spot. Rejects with the Culprit that cannot be carried
 * out, or that would wait for ever.
 */
export async function placeRound(
  pending: readonly Slot[],
  unit: UnitUnderWay,
): Promise<{ readonly placed: readonly PlacedNode[]; readonly waiting: readonly Slot[] }> {
  const { parts, known, slots, outputs, isToCome, blame } = unit;
  const ready = await readySlots(pending, unit);
  const answers = await parts.memo.lookUp(ready);
  await loadNamed(ready, answers, unit);
  const settling = { ...parts.context, waapi: rememberingReads(parts.context.waapi) };
  const readyAt = new Map(ready.map((keyed, index) => [keyed.slot, { keyed, answer: answers[index] }]));
  const held = new Map<string, string>();
  const lanes = createLanes(known, slots, outputs, isToCome);
  const placed: PlacedNode[] = [];
  const waiting: Slot[] = [];
  const wait = (slot: Slot): void => {
    lanes.block(slot);
    waiting.push(slot);
  };
  for (const slot of pending) {
    const { keyed, answer } = readyAt.get(slot) ?? {};
    if (keyed === undefined || answer === undefined || lanes.isBlocked(slot)) {
      wait(slot);
      continue;
    }
    if (answer.state === 'hit') {
      // A node placed before it is about to change what it claims: it is checked again after that.
      if (claimedKeys(answer.claims).some((key) => held.has(key))) wait(slot);
      else unit.finish(keyed, answer.data, 'hit');
      continue;
    }
    const settled = answer.state === 'intent' ? await settle(keyed, answer.before, unit, settling) : null;
    if (settled !== null) {
      parts.memo.complete([{ keyed, data: settled }]);
      unit.finish(keyed, settled, 'miss');
      continue;
    }
    const piece = prepared(keyed, unit);
    if (piece === undefined || !fits(piece, held)) {
      wait(slot);
      continue;
    }
    for (const [key, value] of piece.holds) held.set(key, value);
    placed.push({ keyed, piece, memo: answer.state === 'stale' ? 'stale' : 'miss' });
  }
  const [first] = waiting;
  // Nothing moves any more: what the first one names will never be there.
  if (waiting.length === pending.length && first !== undefined) throw blame(first, undefined);
  return { placed, waiting };
}

/** The nodes whose input is known. */
async function readySlots(
  pending: readonly Slot[],
  { outputs, constant, parts: { memo }, blame }: UnitUnderWay,
): Promise<readonly KeyedSlot[]> {
  const early = new Map<string, JsonObject>();
  const ready: KeyedSlot[] = [];
  for (const slot of pending) {
    try {
      const raw = resolvedInput(slot, outputs, early);
      if (raw === undefined) continue;
      const ahead = slot.fusion.foreknown?.(raw);
      if (ahead !== undefined) early.set(slot.item.nodeId, ahead);
      ready.push(constant.get(slot) ?? (await memo.keyed(slot, parseInput(slot.command, raw))));
    } catch (thrown) {
      throw blame(slot, thrown);
    }
  }
  return ready;
}

/** Hits need not be asked for. What later rounds name is asked for with the first that asks at all. */
async function loadNamed(
  ready: readonly KeyedSlot[],
  answers: readonly MemoAnswer[],
  { known, slots, finished, isToCome }: UnitUnderWay,
): Promise<void> {
  const fresh = ready.filter((_, index) => answers[index]?.state !== 'hit');
  if (fresh.length === 0) return;
  const named = fresh.map(({ slot, input }) => namedBy(slot, input));
  const later = known.isEmpty ? slots.filter((slot) => !finished.has(slot)).map((slot) => namedBy(slot)) : [];
  const wanted = [...named, ...later];
  await known.load(
    wanted.flatMap(({ objects }) => objects).filter((designator) => !isToCome(designator)),
    new Set(wanted.flatMap(({ parents }) => parents)),
  );
}

async function settle(
  { slot, input }: KeyedSlot,
  before: Json,
  { blame }: UnitUnderWay,
  context: CommandContext,
): Promise<JsonObject | null> {
  try {
    return await settleCommand(slot.command, input, before, context);
  } catch (thrown) {
    throw blame(slot, thrown);
  }
}

function prepared(
  { slot, input }: KeyedSlot,
  { known, parts: { memo }, blame }: UnitUnderWay,
): Piece | undefined {
  try {
    return slot.fusion.prepare(asInput(input), {
      nodeId: slot.item.nodeId,
      facts: memo.facts,
      find: known.find,
      namesakes: known.namesakes,
      file: memo.file,
    });
  } catch (thrown) {
    throw blame(slot, thrown);
  }
}

function fits({ holds, avoids = [] }: Piece, held: ReadonlyMap<string, string>): boolean {
  return (
    holds.every(([key, value]) => (held.get(key) ?? value) === value) && !avoids.some((key) => held.has(key))
  );
}
