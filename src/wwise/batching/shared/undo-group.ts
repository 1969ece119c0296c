import type { RunGroup } from '../../../core/backend/run-group.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { Waapi } from '../../connection/waapi.ts';
import { guardUndo, type UndoGuard } from '../../undo/may-undo.ts';
import type { OthersAtWork } from '../../undo/others-at-work.ts';

/** What makes the changes of a unit one thing that can be rolled back. */
export interface RollBack {
  /** Called before the first change. */
  begin(): Promise<void>;
  /** Keeps the changes. Rejects with OUTCOME_UNKNOWN when the link broke: Wwise may have rolled them back by itself. */
  keep(): Promise<void>;
  /**
   * Takes the changes back. `reverting` looks what there is to roll back, and gives what does it without undo where all of it
   * can be. False when it could not be done: what is left of them is not known.
   */
  rollBack(reverting: Reverting): Promise<boolean>;
}

/** Gives undefined where that is not possible; what it gives resolves to whether all was read back as before. */
export type Reverting = () => Promise<(() => Promise<boolean>) | undefined>;

/** By an undo of Wwise where that takes nothing of others, else by what sets the objects right. */
async function undoOrRevert(
  mayUndo: (canRevert: boolean) => Promise<boolean>,
  knowsUndo: boolean,
  reverting: Reverting,
  undo: () => Promise<boolean>,
): Promise<boolean> {
  if (knowsUndo && (await mayUndo(false))) return undo();
  const revert = await reverting();
  if (await mayUndo(revert !== undefined)) return undo();
  return revert !== undefined && (await revert());
}

/** An undo group of the unit's own, inside whatever group is open. Where Wwise has none, nothing can be rolled back. */
export function ownUndoGroup(displayName: string, waapi: Waapi, log: Log, others: OthersAtWork): RollBack {
  let guard: UndoGuard | undefined;
  let link: number | undefined;
  let isOpen = false;
  let isBroken = false;
  const close = async (uri: string, args: { displayName: string } | { undo: true }): Promise<boolean> => {
    if (!isOpen) return false;
    isOpen = false;
    guard?.end();
    isBroken = waapi.linkCount !== link;
    if (isBroken) return false;
    try {
      // Closing must happen although the caller cancelled.
      await waapi.call(uri, args, {}, { signal: undefined });
      return true;
    } catch (thrown) {
      isBroken = ['OUTCOME_UNKNOWN', 'WAAPI_UNAVAILABLE'].includes(toWwiseFlowError(thrown).code);
      log.warn(
        { reason: toWwiseFlowError(thrown).message },
        'The undo group of batched nodes could not be closed',
      );
      return false;
    }
  };
  return {
    begin: async () => {
      guard = await guardUndo(waapi, others);
      await waapi.call('ak.wwise.core.undo.beginGroup');
      link = waapi.linkCount;
      isOpen = true;
    },
    keep: async () => {
      await close('ak.wwise.core.undo.endGroup', { displayName });
      if (isBroken) throw brokenGroup(displayName);
    },
    rollBack: async (reverting) => {
      const mayUndo = async (canRevert: boolean) => (await guard?.mayUndo(canRevert)) === true;
      try {
        return await undoOrRevert(
          mayUndo,
          waapi.undo !== undefined,
          async () => {
            const revert = waapi.linkCount === link ? await reverting() : undefined;
            return revert === undefined
              ? undefined
              : async () => (await revert()) && (await close('ak.wwise.core.undo.endGroup', { displayName }));
          },
          () => close('ak.wwise.core.undo.cancelGroup', { undo: true }),
        );
      } catch (thrown) {
        log.warn({ reason: toWwiseFlowError(thrown).message }, 'Batched calls could not be rolled back');
        return false;
      } finally {
        // What could not be rolled back stays: a group left open would take in what others do.
        await close('ak.wwise.core.undo.endGroup', { displayName });
      }
    },
  };
}

function brokenGroup(displayName: string): WwiseFlowError {
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `The link to Wwise broke before the undo step "${displayName}" was closed: Wwise may have taken its changes back.`,
    {
      hint: 'Look at the objects in Wwise, or run the workflow again: what is there is then found and kept.',
      details: { undoStep: displayName },
    },
  );
}

/** The undo group of a run that holds nothing but this unit: it is opened by the first change, and emptied to roll back. */
export function groupOfRun({ mayUndo, knowsUndo, restart }: RunGroup, log: Log): RollBack {
  return {
    begin: async () => {},
    keep: async () => {},
    rollBack: async (reverting) => {
      try {
        return await undoOrRevert(mayUndo, knowsUndo, reverting, restart);
      } catch (thrown) {
        log.warn({ reason: toWwiseFlowError(thrown).message }, 'Batched calls could not be rolled back');
        return false;
      }
    },
  };
}
