import type { PreparedCall, PreparedStep } from '../../../core/dispatch/execute/strategy.ts';
import type { KeyedSlot } from '../../../core/dispatch/slot.ts';
import { asInput } from '../../../core/dispatch/untyped-command.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { MemoAnswer } from '../../../core/memo/memory.ts';
import type { CommandContext } from '../../wwise-command.ts';
import { claimedKeys } from '../changes/claimed-keys.ts';
import type { Piece } from '../description/batch.ts';
import { objectKnown } from '../description/object-known.ts';
import { createLanes } from './lanes.ts';
import { rememberingReads } from './remembering-reads.ts';
import { namedBy, resolvedInput, type SharedSlot } from './shared-slot.ts';
import type { SharedUnit } from './shared-unit.ts';

/** The calls whose input is known, admitted. */
export async function readySlots(
  pending: readonly SharedSlot[],
  { unit, constant, blame }: SharedUnit,
): Promise<readonly KeyedSlot<SharedSlot>[]> {
  const early = new Map<string, JsonObject>();
  const ready: KeyedSlot<SharedSlot>[] = [];
  for (const slot of pending) {
    try {
      const raw = resolvedInput(slot, unit.outputs, early);
      if (raw === undefined) continue;
      const { sameObject } = slot.batch;
      if (sameObject !== undefined) early.set(slot.item.nodeId, objectKnown(sameObject, raw));
      ready.push(constant.get(slot) ?? (await unit.admit(slot, raw)));
    } catch (thrown) {
      throw blame(slot, thrown);
    }
  }
  return ready;
}

/**
 * Chooses what goes into the next shared calls: every node whose input is known, that no earlier one of its lane waits for
 * and that does not get in another's way. Memo hits are finished on the spot. Rejects with the Culprit that cannot be executed
 * out, or that would wait for ever.
 */
export async function prepareStep(
  pending: readonly SharedSlot[],
  ready: readonly KeyedSlot<SharedSlot>[],
  answers: readonly MemoAnswer[],
  shared: SharedUnit,
): Promise<PreparedStep<SharedSlot>> {
  const { unit, known, isToCome, blame, pieces } = shared;
  const { slots, outputs, session } = unit;
  await loadNamed(ready, answers, shared);
  const settling = { ...session.context, waapi: rememberingReads(session.context.waapi) };
  const readyAt = new Map(ready.map((call, index) => [call.slot, { call, answer: answers[index] }]));
  const held = new Map<string, string>();
  const lanes = createLanes(known, slots, outputs, isToCome);
  const prepared: PreparedCall<SharedSlot>[] = [];
  const waiting: SharedSlot[] = [];
  const wait = (slot: SharedSlot): void => {
    lanes.block(slot);
    waiting.push(slot);
  };
  for (const slot of pending) {
    const { call, answer } = readyAt.get(slot) ?? {};
    if (call === undefined || answer === undefined || lanes.isBlocked(slot)) {
      wait(slot);
      continue;
    }
    if (answer.state === 'hit') {
      // A node prepared before it is about to change what it claims: it is checked again after that.
      if (claimedKeys(answer.claims).some((key) => held.has(key))) wait(slot);
      else unit.finish(call, answer.data, 'hit');
      continue;
    }
    if (answer.state === 'intent' && (await settled(call, answer.before, shared, settling))) continue;
    const piece = pieceOf(call, shared);
    if (piece === undefined || !fits(piece, held)) {
      wait(slot);
      continue;
    }
    for (const [key, value] of piece.holds) held.set(key, value);
    pieces.set(call, piece);
    prepared.push({
      call,
      before: piece.before,
      memo: answer.state === 'intent' ? 'miss' : answer.state,
    });
  }
  const [first] = waiting;
  // Nothing moves any more: what the first one names will never be there.
  if (waiting.length === pending.length && first !== undefined) throw blame(first, undefined);
  return { prepared, waiting };
}

/** Hits need not be asked for. What later steps name is asked for with the first that asks at all. */
async function loadNamed(
  ready: readonly KeyedSlot<SharedSlot>[],
  answers: readonly MemoAnswer[],
  { known, unit: { slots, finished }, isToCome }: SharedUnit,
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

async function settled(
  call: KeyedSlot<SharedSlot>,
  before: Json,
  { unit, blame }: SharedUnit,
  context: CommandContext,
): Promise<boolean> {
  try {
    return await unit.settle(call, before, context);
  } catch (thrown) {
    throw blame(call.slot, thrown);
  }
}

function pieceOf(
  { slot, input }: KeyedSlot<SharedSlot>,
  { known, facts, unit: { files }, blame }: SharedUnit,
): Piece | undefined {
  try {
    return slot.batch.prepare(asInput(input), {
      nodeId: slot.item.nodeId,
      facts,
      find: known.find,
      namesakes: known.namesakes,
      file: files.file,
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
