import type { JsonObject } from '../../core/json.ts';
import type { CommandContext } from '../command.ts';
import type { MemoState } from '../result.ts';
import type { CallLimits } from './carry-round.ts';
import { type Blame, Culprit } from './culprit.ts';
import { createKnownObjects, type KnownObjects } from './known-objects.ts';
import { checkFiles, verifyAhead } from './look-ahead.ts';
import { type Slot, willBeMade } from './slot.ts';
import type { TakeBack } from './undo-group.ts';
import type { KeyedSlot, UnitMemo } from './unit-memo.ts';

/** A unit between its first look and its last round: what is known of the project and of its nodes. */
export interface UnitUnderWay {
  readonly slots: readonly Slot[];
  readonly parts: UnitParts;
  /** Return expressions asked for with every object. */
  readonly returns: readonly string[];
  readonly known: KnownObjects;
  /** Nodes that read no other one, with their keys. */
  readonly constant: ReadonlyMap<Slot, KeyedSlot>;
  /** Outputs by node: those from before the unit, and of what is finished. */
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly finished: ReadonlyMap<Slot, FinishedNode>;
  /** Whether a node of the unit is still to make what a designator names, or something above it. */
  readonly isToCome: (designator: string) => boolean;
  readonly blame: Blame;
  finish(keyed: KeyedSlot, data: JsonObject, memo: MemoState): void;
}

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

/** Checks the files and the memo entries of a unit. Nothing is changed yet; rejects with the Culprit whose file will not do. */
export async function beginUnit(slots: readonly Slot[], parts: UnitParts): Promise<UnitUnderWay> {
  const { context, memo } = parts;
  const { year } = await context.project();
  const returns = [...new Set(slots.flatMap((slot) => slot.returns))];
  const indexOf = new Map(slots.map((slot, index) => [slot, index]));
  const blame: Blame = (slot, cause) => new Culprit(indexOf.get(slot) ?? 0, cause);
  await checkFiles(slots, memo, blame);
  const constant = await verifyAhead(slots, memo, parts.outputs);
  const outputs = new Map(parts.outputs);
  const finished = new Map<Slot, FinishedNode>();
  return {
    slots,
    parts,
    returns,
    known: createKnownObjects(context, returns, year),
    constant,
    outputs,
    finished,
    isToCome: willBeMade(slots, finished, year),
    blame,
    finish: ({ slot, key }, data, state) => {
      outputs.set(slot.item.nodeId, data);
      finished.set(slot, { slot, data, memo: state, key });
    },
  };
}
