import type { BackendSession } from '../backend/backend-session.ts';
import type { CallContext } from '../command.ts';
import type { InputFiles } from '../files/input-files.ts';
import type { Json, JsonObject } from '../json.ts';
import type { MemoryAttempt } from '../memo/memory.ts';
import type { MemoState } from '../result.ts';
import type { Admit } from './checks/admit.ts';
import type { KeyedSlot, Slot } from './slot.ts';
import { claimsOf, settleCommand } from './untyped-command.ts';

/** Calls that are executed together: one, or many that share what they ask the back-end. */
export interface Unit<S extends Slot = Slot, X extends BackendSession = BackendSession> {
  readonly slots: readonly S[];
  readonly session: X;
  readonly memory: MemoryAttempt;
  readonly files: InputFiles;
  readonly admit: Admit;
  /** Outputs by node: those from before the unit, and of what is finished. */
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly finished: ReadonlyMap<S, FinishedCall<S>>;
  finish(call: KeyedSlot<S>, data: JsonObject, memo: MemoState): void;
  /** Finishes a call whose effect was cut off once and took place after all; false when it did not. Rejects like the command. */
  settle(call: KeyedSlot<S>, before: Json, context?: CallContext): Promise<boolean>;
}

export interface FinishedCall<S extends Slot = Slot> {
  readonly slot: S;
  readonly data: JsonObject;
  readonly memo: MemoState;
  readonly key: string | null;
}

export type UnitParts<X extends BackendSession> = Pick<
  Unit<Slot, X>,
  'session' | 'memory' | 'files' | 'admit'
> & {
  /** Outputs of calls that were executed before; those of the unit are added. */
  readonly outputs: Map<string, JsonObject>;
};

export function createUnit<S extends Slot, X extends BackendSession>(
  slots: readonly S[],
  parts: UnitParts<X>,
): Unit<S, X> {
  const { session, memory, files, admit, outputs } = parts;
  const finished = new Map<S, FinishedCall<S>>();
  const finish: Unit<S, X>['finish'] = ({ slot, command, input, key }, data, memo) => {
    outputs.set(slot.item.nodeId, data);
    finished.set(slot, { slot, data, memo, key });
    if (memo === 'hit') session.foundDone(claimsOf(command, input, data));
  };
  const settle: Unit<S, X>['settle'] = async (call, before, context = session.context) => {
    const data = await settleCommand(call.command, call.input, before, context).catch((thrown: unknown) => {
      // What the earlier call did is there or not: nobody shall say that nothing was changed.
      call.slot.item.onChanged?.(undefined);
      throw thrown;
    });
    if (data === null) return false;
    await memory.complete([{ call, data }]);
    finish(call, data, 'miss');
    // It took place in an earlier call: whoever asks for it again has it from here on.
    call.slot.item.onChanged?.(undefined);
    return true;
  };
  return { slots, session, memory, files, admit, outputs, finished, finish, settle };
}
