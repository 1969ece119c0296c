import type { Json, JsonObject } from '../../core/json.ts';
import type { Change } from '../../wwise/undo/changes/change.ts';
import type { CommandContext } from '../command.ts';
import type { Piece } from '../fusion/fusion.ts';
import type { TakeBack } from '../fusion/undo-group.ts';
import type { MemoAnswer, MemoryAttempt } from '../memo/memory.ts';
import { gatedClaims } from '../overrides/gated-claims.ts';
import type { MemoState } from '../result.ts';
import { claimsOf, settleCommand } from '../untyped-command.ts';
import type { Admit } from './admit.ts';
import type { InputFiles } from './input-files.ts';
import type { Session } from './session.ts';
import type { KeyedSlot, Slot } from './slot.ts';

/** Calls that are executed together: one, or many whose WAAPI calls are shared. */
export interface Unit<S extends Slot = Slot> {
  readonly slots: readonly S[];
  readonly session: Session;
  readonly memory: MemoryAttempt;
  readonly files: InputFiles;
  readonly admit: Admit;
  /** Outputs by node: those from before the unit, and of what is finished. */
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly finished: ReadonlyMap<S, FinishedCall<S>>;
  /** What shared calls changed, by call. */
  readonly changes: Map<S, readonly Change[] | undefined>;
  finish(call: KeyedSlot<S>, data: JsonObject, memo: MemoState): void;
  /** Finishes a call whose effect was cut off once and took place after all; false when it did not. Rejects like the command. */
  settle(call: KeyedSlot<S>, before: Json, context?: CommandContext): Promise<boolean>;
}

export interface FinishedCall<S extends Slot = Slot> {
  readonly slot: S;
  readonly data: JsonObject;
  readonly memo: MemoState;
  readonly key: string | null;
}

/** A call about to have its effect. */
export interface PlacedCall<S extends Slot = Slot> {
  readonly call: KeyedSlot<S>;
  /** What the project looks like before the effect. */
  readonly before: Json;
  readonly memo: MemoState;
  /** Its part of the shared calls. */
  readonly piece?: Piece;
}

/** How the calls of a unit become WAAPI calls. Looking up, remembering and settling are not its business. */
export interface Strategy<S extends Slot = Slot> {
  /** Admits the calls whose input is known. */
  ready(pending: readonly S[]): Promise<readonly KeyedSlot<S>[]>;
  /** Chooses what has its effect next; finishes hits and settles what was cut off. */
  place(
    pending: readonly S[],
    ready: readonly KeyedSlot<S>[],
    answers: readonly MemoAnswer[],
  ): Promise<{ readonly placed: readonly PlacedCall<S>[]; readonly waiting: readonly S[] }>;
  /** Has the effects and reads back what became of them: the outputs, checked against the commands' schemas. */
  execute(placed: readonly PlacedCall<S>[]): Promise<readonly JsonObject[]>;
  /** Around everything that changes the project. */
  readonly group: Omit<TakeBack, 'takeBack'> & { takeBack(): Promise<boolean> };
}

export type UnitParts = Pick<Unit, 'session' | 'memory' | 'files' | 'admit'> & {
  /** Outputs of calls that were executed before; those of the unit are added. */
  readonly outputs: Map<string, JsonObject>;
};

export function createUnit<S extends Slot>(slots: readonly S[], parts: UnitParts): Unit<S> {
  const { session, memory, files, admit, outputs } = parts;
  const finished = new Map<S, FinishedCall<S>>();
  const finish: Unit<S>['finish'] = ({ slot, command, input, key }, data, memo) => {
    outputs.set(slot.item.nodeId, data);
    finished.set(slot, { slot, data, memo, key });
    // What a hit found done is as it was asked for, and may have no effect all the same.
    if (memo === 'hit') session.wrote(gatedClaims(claimsOf(command, input, data)));
  };
  const settle: Unit<S>['settle'] = async (call, before, context = session.context) => {
    const data = await settleCommand(call.command, call.input, before, context);
    if (data === null) return false;
    await memory.complete([{ call, data }]);
    finish(call, data, 'miss');
    // It took place in an earlier call: whoever asks for it again has it from here on.
    call.slot.item.onChanged?.(undefined);
    return true;
  };
  const changes: Unit<S>['changes'] = new Map();
  return { slots, session, memory, files, admit, outputs, finished, changes, finish, settle };
}
