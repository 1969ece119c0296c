import { toWwiseFlowError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { ProjectDoor, UndoGroup } from '../../bus/undo/project-door.ts';
import type { Plan } from '../plan.ts';

/** The one undo step a run becomes. It is opened before the first change, so that a run of memo hits leaves none. */
export interface UndoStep {
  /**
   * Opens the group when it is not open yet, and gives the link it is on. Rejects when the plan asks for rollback and
   * there is no group.
   */
  open(): Promise<number | undefined>;
  /** True once the link broke while the group was open: Wwise has closed it, and may have taken the changes back. */
  readonly isBroken: boolean;
  /** Whether the group is still to be opened, so that what comes next is all it holds. */
  readonly isAhead: boolean;
  /** Takes back everything since `open` and opens the group anew. False when it could not; nothing was taken back then. */
  restart(): Promise<boolean>;
  /** Ends the group, named after the workflow. True when it now is a step of the history. */
  end(): Promise<boolean>;
  /** Takes back everything since `open`. True when that is what happened, or nothing had been opened. */
  cancel(): Promise<boolean>;
}

export function createUndoStep(
  plan: Plan,
  door: ProjectDoor | undefined,
  log: Log,
  signal?: AbortSignal,
): UndoStep {
  let opening: Promise<UndoGroup | undefined> | undefined;
  let isBroken = false;

  const begin = async (usable: ProjectDoor): Promise<UndoGroup | undefined> => {
    try {
      return await usable.openUndoGroup(signal);
    } catch (thrown) {
      if (plan.onError === 'rollback') throw thrown;
      log.warn({ reason: toWwiseFlowError(thrown).message }, 'The run is not one undo step.');
      return undefined;
    }
  };

  const close = async (how: (group: UndoGroup) => Promise<boolean>): Promise<boolean> => {
    try {
      const group = await opening;
      if (group === undefined) return false;
      const isClosed = await how(group);
      isBroken ||= !isClosed;
      return isClosed;
    } catch (thrown) {
      isBroken ||= ['OUTCOME_UNKNOWN', 'WAAPI_UNAVAILABLE'].includes(toWwiseFlowError(thrown).code);
      log.warn(
        { reason: toWwiseFlowError(thrown).message },
        'The undo group of the run could not be closed.',
      );
      return false;
    }
  };

  return {
    open: async () => {
      if (door === undefined || usesUndo(plan)) return undefined;
      opening ??= begin(door);
      return (await opening)?.link;
    },
    get isBroken() {
      return isBroken;
    },
    get isAhead() {
      return door !== undefined && opening === undefined && !usesUndo(plan);
    },
    restart: async () => {
      if (door === undefined || opening === undefined) return false;
      if (!(await close((group) => group.cancel()))) return false;
      opening = begin(door);
      await opening;
      return true;
    },
    end: () => close((group) => group.end(plan.name ?? plan.workflowId)),
    cancel: async () => opening === undefined || (await close((group) => group.cancel())),
  };
}

/** Wwise refuses undo and redo while a group is open. */
function usesUndo({ nodes }: Plan): boolean {
  return nodes.some(({ command }) => /(^|_)(undo|redo)(_|$)/.test(command));
}
