import type { Json, JsonObject } from '../../json.ts';
import type { MemoAnswer } from '../../memo/memory.ts';
import type { MemoState } from '../../result.ts';
import type { KeyedSlot, Slot } from '../slot.ts';

/** How the calls of a unit become calls of the back-end. Looking up, remembering and settling are not its business. */
export interface Strategy<S extends Slot = Slot> {
  /** Admits the calls whose input is known. */
  ready(pending: readonly S[]): Promise<readonly KeyedSlot<S>[]>;
  /** Chooses what has its effect next; finishes hits and settles what was cut off. */
  prepare(
    pending: readonly S[],
    ready: readonly KeyedSlot<S>[],
    answers: readonly MemoAnswer[],
  ): Promise<PreparedStep<S>>;
  /** Has the effects and reads back what became of them: the outputs, checked against the commands' schemas. */
  execute(prepared: readonly PreparedCall<S>[]): Promise<readonly JsonObject[]>;
  /** Between two steps: reports what these calls changed, in case the rest is cut off. */
  reportStep?(prepared: readonly PreparedCall<S>[]): Promise<void>;
  /** Around everything that changes the project. */
  readonly group: StrategyGroup;
}

export interface PreparedStep<S extends Slot> {
  readonly prepared: readonly PreparedCall<S>[];
  readonly waiting: readonly S[];
}

/** A call about to have its effect. */
export interface PreparedCall<S extends Slot = Slot> {
  readonly call: KeyedSlot<S>;
  /** What the project looks like before the effect. */
  readonly before: Json;
  readonly memo: MemoState;
}

/** What makes the changes of a unit one thing that can be rolled back. */
export interface StrategyGroup {
  /** Called before the first change. */
  begin(): Promise<void>;
  /** Keeps the changes. Rejects with OUTCOME_UNKNOWN when the link broke: they may have been rolled back. */
  keep(): Promise<void>;
  /** Rolls the changes back. False when it could not be done: what is left of them is not known. */
  rollBack(): Promise<boolean>;
}
