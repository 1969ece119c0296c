import { toWwiseFlowError, type WwiseFlowError } from '../../base/errors.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import type { CommandContext } from '../command.ts';
import { parseInput } from '../parse-input.ts';
import type { MemoState } from '../result.ts';
import { type CallLimits, carryRound, RoundFailure } from './carry-round.ts';
import { claimedKeys } from './claimed-keys.ts';
import type { Piece } from './fusion.ts';
import { createKnownObjects, type KnownObjects } from './known-objects.ts';
import { createLanes } from './lanes.ts';
import { rememberingReads } from './remembering-reads.ts';
import { namedBy, resolvedInput, type Slot, willBeMade } from './slot.ts';
import type { TakeBack } from './undo-group.ts';
import type { KeyedSlot, UnitMemo } from './unit-memo.ts';

export interface UnitParts {
  readonly context: CommandContext;
  readonly memo: UnitMemo;
  readonly group: TakeBack;
  readonly limits: CallLimits;
  /** Outputs of nodes of the unit that were carried out before. */
  readonly outputs: ReadonlyMap<string, JsonObject>;
  /** Checks an output against its command's schema. */
  checked(slot: Slot, output: unknown): JsonObject;
}

export interface FinishedNode {
  readonly slot: Slot;
  readonly data: JsonObject;
  readonly memo: MemoState;
  readonly key: string;
}

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

/** It is known which node the unit cannot be carried out with. */
class Culprit extends Error {
  readonly at: number;

  constructor(at: number, cause: unknown) {
    super('A node cannot be fused', { cause });
    this.at = at;
  }
}

interface PlacedNode {
  readonly keyed: KeyedSlot;
  readonly piece: Piece;
  readonly memo: MemoState;
}

async function carryRounds(
  slots: readonly Slot[],
  parts: UnitParts,
  begun: Set<Slot>,
  intended: KeyedSlot[],
): Promise<readonly FinishedNode[]> {
  const { context, memo } = parts;
  const facts = await context.project();
  const returns = [...new Set(slots.flatMap((slot) => slot.returns))];
  const known = createKnownObjects(context, returns, facts.year);
  const indexOf = new Map(slots.map((slot, index) => [slot, index]));
  const outputs = new Map(parts.outputs);
  const finished = new Map<Slot, FinishedNode>();
  const executed: { readonly keyed: KeyedSlot; readonly data: JsonObject }[] = [];
  const blame = (slot: Slot, cause: unknown) => new Culprit(indexOf.get(slot) ?? 0, cause);
  const finish = (keyed: KeyedSlot, data: JsonObject, state: MemoState): void => {
    const { slot, key } = keyed;
    outputs.set(slot.item.nodeId, data);
    finished.set(slot, { slot, data, memo: state, key });
  };

  await checkFiles(slots, memo, blame);
  const constant = new Map<Slot, KeyedSlot>();
  await verifyAhead(slots, parts, constant);
  const isToCome = willBeMade(slots, finished, facts.year);
  let pending = slots;
  let isFirstLoad = true;

  while (pending.length > 0) {
    const ready = await readySlots(pending, outputs, memo, constant, blame);
    const answers = await memo.lookUp(ready);
    const settling = { ...context, waapi: rememberingReads(context.waapi) };

    // Hits need not be asked for again. What later rounds name is asked for with the first.
    const isFresh = ready.filter((_, index) => answers[index]?.state !== 'hit');
    if (isFresh.length > 0) {
      const named = isFresh.map(({ slot, input }) => namedBy(slot, input));
      const later = isFirstLoad
        ? slots.filter((slot) => !finished.has(slot)).map((slot) => namedBy(slot))
        : [];
      const wanted = [...named, ...later];
      isFirstLoad = false;
      await known.load(
        wanted.flatMap(({ objects }) => objects).filter((designator) => !isToCome(designator)),
        new Set(wanted.flatMap(({ parents }) => parents)),
      );
    }

    const held = new Map<string, string>();
    const queue = createLanes(known, slots, outputs, isToCome);
    const placed: PlacedNode[] = [];
    const readyAt = new Map(ready.map((keyed, index) => [keyed.slot, index]));
    const waiting: Slot[] = [];
    for (const slot of pending) {
      const index = readyAt.get(slot);
      const keyed = index === undefined ? undefined : ready[index];
      const answer = index === undefined ? undefined : answers[index];
      const wait = (): void => {
        queue.block(slot);
        waiting.push(slot);
      };
      if (keyed === undefined || answer === undefined || queue.isBlocked(slot)) {
        wait();
      } else if (answer.state === 'hit') {
        // A node placed before it is about to change what it claims: it is checked again after that.
        if (claimedKeys(answer.claims).some((key) => held.has(key))) wait();
        else finish(keyed, answer.data, 'hit');
      } else {
        if (answer.state === 'intent') {
          const settled = await settle(keyed, answer.before, parts, settling).catch((thrown: unknown) => {
            throw blame(slot, thrown);
          });
          if (settled !== null) {
            memo.complete([{ keyed, data: settled }]);
            finish(keyed, settled, 'miss');
            continue;
          }
        }
        const piece = prepared(keyed, known, parts, blame);
        if (piece === undefined || !fits(piece, held)) {
          wait();
          continue;
        }
        for (const [key, value] of piece.holds) held.set(key, value);
        placed.push({ keyed, piece, memo: answer.state === 'stale' ? 'stale' : 'miss' });
      }
    }
    const [first] = waiting;
    // Nothing moves any more: what the first one names will never be there.
    if (waiting.length === pending.length && first !== undefined) throw blame(first, undefined);
    pending = waiting;
    if (placed.length === 0) continue;

    memo.intend(placed.map(({ keyed, piece }) => ({ keyed, before: piece.before })));
    intended.push(...placed.map(({ keyed }) => keyed));
    for (const { keyed, piece } of placed) keyed.slot.item.onIntent?.(piece.before);
    if (begun.size === 0) await parts.group.begin();
    for (const { keyed } of placed) begun.add(keyed.slot);
    const datas = await carried(placed, known, returns, parts, blame);
    for (const [index, { keyed, memo: state }] of placed.entries()) {
      const data = datas[index] ?? {};
      finish(keyed, data, state);
      executed.push({ keyed, data });
    }
    memo.changed();
  }
  memo.complete(executed);
  return slots.flatMap((slot) => finished.get(slot) ?? []);
}

/** A file that cannot be imported is found before anything is changed. */
async function checkFiles(
  slots: readonly Slot[],
  memo: UnitMemo,
  blame: (slot: Slot, cause: unknown) => Culprit,
): Promise<void> {
  const isChecked = ({ fusion }: Slot) => fusion.checkFile !== undefined;
  await together(slots.filter(isChecked), async (slot) => {
    const { fusion, item, command } = slot;
    try {
      const parsed = command.input.safeParse(item.input);
      const paths = parsed.success ? (command.inputFiles?.(parsed.data as never) ?? []) : [];
      for (const path of paths.filter((text) => !text.includes('$from:'))) {
        fusion.checkFile?.((await memo.hashed(path)).path);
      }
    } catch (thrown) {
      throw blame(slot, thrown);
    }
  });
}

/** Checks with one query what the memo has for the whole unit, as if all of it held. */
async function verifyAhead(
  slots: readonly Slot[],
  { memo, outputs }: UnitParts,
  constant: Map<Slot, KeyedSlot>,
): Promise<void> {
  const assumed = new Map(outputs);
  const found: KeyedSlot[] = [];
  for (const slot of slots) {
    try {
      const raw = resolvedInput(slot, assumed, new Map());
      if (raw === undefined) continue;
      const keyed = await memo.keyed(slot, parseInput(slot.command, raw));
      if (slot.item.reads.length === 0) constant.set(slot, keyed);
      const stored = memo.stored(keyed);
      if (stored === undefined) continue;
      assumed.set(slot.item.nodeId, stored);
      found.push(keyed);
    } catch {
      // What is wrong with its input is told when its turn comes.
    }
  }
  await memo.lookUp(found);
}

/** The nodes whose input is known. */
async function readySlots(
  pending: readonly Slot[],
  outputs: ReadonlyMap<string, JsonObject>,
  memo: UnitMemo,
  constant: ReadonlyMap<Slot, KeyedSlot>,
  blame: (slot: Slot, cause: unknown) => Culprit,
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

/** Files are read side by side, but not thousands at once. Of several failures the first in order is thrown. */
async function together<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 64) {
    const settled = await Promise.allSettled(items.slice(start, start + 64).map(work));
    for (const one of settled) {
      if (one.status === 'rejected') throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}

function prepared(
  { slot, input }: KeyedSlot,
  known: KnownObjects,
  { memo }: UnitParts,
  blame: (slot: Slot, cause: unknown) => Culprit,
): Piece | undefined {
  try {
    return slot.fusion.prepare(input as never, {
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

async function settle(
  { slot, input }: KeyedSlot,
  before: Json,
  parts: UnitParts,
  context: CommandContext,
): Promise<JsonObject | null> {
  const output = await slot.command.settle?.(input as never, before, context);
  return output === undefined || output === null ? null : parts.checked(slot, output);
}

async function carried(
  placed: readonly PlacedNode[],
  known: KnownObjects,
  returns: readonly string[],
  { context, limits, checked }: UnitParts,
  blame: (slot: Slot, cause: unknown) => Culprit,
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
