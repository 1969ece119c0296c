import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';

/** What makes the changes of a unit one thing that can be taken back. */
export interface TakeBack {
  /** Called before the first change. */
  begin(): Promise<void>;
  /** Keeps the changes. Rejects with OUTCOME_UNKNOWN when the link broke: Wwise may have taken them back by itself. */
  keep(): Promise<void>;
  /** Takes the changes back. False when that could not be done: what is left of them is not known. */
  takeBack(): Promise<boolean>;
}

/** An undo group of the unit's own, inside whatever group is open. Where Wwise has none, nothing can be taken back. */
export function ownUndoGroup(displayName: string, waapi: Waapi, log: Log): TakeBack {
  let link: number | undefined;
  let isOpen = false;
  let isBroken = false;
  const close = async (uri: string, args: { displayName: string } | { undo: true }): Promise<boolean> => {
    if (!isOpen) return false;
    isOpen = false;
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
        'The undo group of fused nodes could not be closed',
      );
      return false;
    }
  };
  return {
    begin: async () => {
      await waapi.call('ak.wwise.core.undo.beginGroup');
      link = waapi.linkCount;
      isOpen = true;
    },
    keep: async () => {
      await close('ak.wwise.core.undo.endGroup', { displayName });
      if (isBroken) throw brokenGroup(displayName);
    },
    takeBack: () => close('ak.wwise.core.undo.cancelGroup', { undo: true }),
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

/** The undo group of a run that holds nothing but this unit: it is opened by the first change, and emptied to take back. */
export function groupOfRun(restart: () => Promise<boolean>, log: Log): TakeBack {
  return {
    begin: async () => {},
    keep: async () => {},
    takeBack: async () => {
      try {
        return await restart();
      } catch (thrown) {
        log.warn({ reason: toWwiseFlowError(thrown).message }, 'Fused nodes could not be taken back');
        return false;
      }
    },
  };
}
