import type { Waapi } from '../connection/waapi.ts';
import type { Lookout, OthersAtWork } from './others-at-work.ts';

/** Whether an undo of Wwise may be used for what a group holds. */
export interface UndoGuard {
  /**
   * True when it takes nothing of others. The embedded engine knows that. Of Wwise it is known only of what others do to the
   * objects, not to the values of their properties: where all can be rolled back without undo (`canRevert`) it is not used.
   */
  mayUndo(canRevert: boolean): Promise<boolean>;
  end(): void;
}

/** Called before the group is opened. */
export async function guardUndo(waapi: Waapi, others: OthersAtWork): Promise<UndoGuard> {
  let lookout: Lookout | undefined;
  if (waapi.undo === undefined) lookout = await others.watch();
  return {
    mayUndo: async (canRevert) => {
      if (lookout === undefined) return waapi.undo?.isOwn('group') === true;
      return !canRevert && (await lookout.others()) === null;
    },
    end: () => lookout?.end(),
  };
}
