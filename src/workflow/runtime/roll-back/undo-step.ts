import type { UndoableProject, UndoGroup } from '../../../core/backend/undoable-project.ts';
import type { Turn } from '../../../core/dispatch/execute/turn.ts';
import { mayLoseLink, toWwiseFlowError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { Plan } from '../../compiler/plan.ts';

/**
 * The one undo step a run becomes. It is opened before the first change, so that a run of memo hits leaves none. Nodes that
 * go through the undo history themselves split it: what is changed between two of them is a step.
 */
export interface UndoStep {
  /** The turn to change the project, which `open` takes as well. */
  readonly turn: Turn;
  /**
   * Opens the group when it is not open yet, and gives the link it is on. Rejects when the plan asks for rollback and
   * there is no group.
   */
  open(): Promise<number | undefined>;
  /** Before a node that goes through the history: ends what is open as a step, and keeps others out until the run ends. */
  split(): Promise<void>;
  /** True once the link broke while the group was open: it was closed by itself, and that may have taken the changes back. */
  readonly isBroken: boolean;
  /** Whether the group is still to be opened, so that what comes next is all it holds. */
  readonly isAhead: boolean;
  /** Whether the backend knows who made what is in the group. */
  readonly knowsUndo: boolean;
  /** Whether undoing the group takes nothing of others; `canRevert`: all in it can be rolled back without that. */
  mayUndo(canRevert: boolean): Promise<boolean>;
  /** Rolls back everything since `open` and opens the group anew. False when it could not; nothing was rolled back then. */
  restart(): Promise<boolean>;
  /** Ends the group, named after the workflow. True when all of the run now is one step of the history. */
  end(): Promise<boolean>;
  /**
   * Rolls back everything since `open`; where `mayUndo` says no, the group is ended and all is kept. True when it was taken
   * back, and that is all the run did.
   */
  cancel(canRevert: boolean): Promise<boolean>;
}

/** `hasSplits`: whether nodes of the plan split the step. */
export function createUndoStep(
  plan: Plan,
  hasSplits: boolean,
  undoable: UndoableProject | undefined,
  log: Log,
  signal?: AbortSignal,
): UndoStep {
  let turn: Promise<() => void> | undefined;
  let hasTurn = false;
  let opening: Promise<UndoGroup | undefined> | undefined;
  let isBroken = false;
  let isSplit = false;

  const takeTurn = async (usable: UndoableProject): Promise<void> => {
    const taking = turn ?? usable.takeTurn(signal);
    turn = taking;
    try {
      await taking;
      hasTurn = turn === taking;
    } catch (thrown) {
      if (turn === taking) turn = undefined;
      throw thrown;
    }
  };

  const giveTurnBack = async (): Promise<void> => {
    const taken = turn;
    turn = undefined;
    hasTurn = false;
    (await taken)?.();
  };

  const begin = async (usable: UndoableProject): Promise<UndoGroup | undefined> => {
    try {
      await takeTurn(usable);
      return await usable.openUndoGroup(signal);
    } catch (thrown) {
      if (!hasSplits) await giveTurnBack();
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
      isBroken ||= mayLoseLink(toWwiseFlowError(thrown).code);
      log.warn(
        { reason: toWwiseFlowError(thrown).message },
        'The undo group of the run could not be closed.',
      );
      return false;
    }
  };

  /** True where nothing has to be waited for, be it that there is no undo step to come. */
  const takeTurnNow = (): boolean => {
    if (undoable === undefined || hasTurn) return true;
    if (turn !== undefined) return false;
    if (opening !== undefined) return true;
    const leave = undoable.takeTurnNow();
    if (leave === undefined) return false;
    turn = Promise.resolve(leave);
    hasTurn = true;
    return true;
  };

  const mayUndoNow = async (canRevert: boolean): Promise<boolean> => {
    try {
      return (await (await opening)?.mayUndo(canRevert)) === true;
    } catch {
      return false;
    }
  };

  return {
    turn: {
      takeNow: takeTurnNow,
      take: async () => {
        if (!takeTurnNow() && undoable !== undefined) await takeTurn(undoable);
      },
    },
    mayUndo: mayUndoNow,
    get knowsUndo() {
      return undoable?.knowsUndo === true;
    },
    open: async () => {
      if (undoable === undefined) return undefined;
      opening ??= begin(undoable);
      return (await opening)?.link;
    },
    split: async () => {
      if (undoable === undefined) return;
      if (opening !== undefined) {
        await close((group) => group.end(nameOf(plan)));
        opening = undefined;
      }
      isSplit = true;
      await takeTurn(undoable);
    },
    get isBroken() {
      return isBroken;
    },
    get isAhead() {
      return undoable !== undefined && opening === undefined;
    },
    restart: async () => {
      if (undoable === undefined || opening === undefined) return false;
      if (!(await close((group) => group.cancel()))) return false;
      opening = begin(undoable);
      await opening;
      return true;
    },
    end: async () => {
      const isStep = await close((group) => group.end(nameOf(plan)));
      await giveTurnBack();
      return isStep && !isSplit;
    },
    cancel: async (canRevert) => {
      const mayUndo = await mayUndoNow(canRevert);
      const isBack =
        opening === undefined ||
        (await close((group) => (mayUndo ? group.cancel() : group.end(nameOf(plan)))));
      await giveTurnBack();
      return isBack && (opening === undefined || mayUndo) && !isSplit;
    },
  };
}

function nameOf({ name, workflowId }: Plan): string {
  return name ?? workflowId;
}
