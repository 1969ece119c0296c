import { atOnce } from '../../../core/turns/turns.ts';
import type { ModelChange } from '../../model/model.ts';
import type { EditLog } from '../../model/writing/edit-log.ts';
import type { EditStep } from '../../model/writing/edit-step.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { stepWords } from './step-words.ts';
import type { UndoHistory } from './undo-history.ts';

interface NamedStep extends EditStep {
  readonly label: string;
  /** The sessions whose edits it holds. */
  readonly by: readonly number[];
}

interface OpenGroup {
  readonly sessionId: number;
  readonly steps: NamedStep[];
}

export interface RecordingUndoHistory extends UndoHistory {
  /** Takes a finished edit into the innermost open group, or as a step of its own. */
  record(label: string, step: EditStep, sessionId: number): void;
}

/**
 * One history for the whole project, as Wwise has: steps revert strictly in reverse order, so an undo never meets a tree
 * it does not know. Groups of all sessions nest in one stack; only the innermost can be ended or cancelled.
 */
export function createUndoHistory({ log, publish, stepped }: UndoHistoryParts): RecordingUndoHistory {
  let done: NamedStep[] = [];
  let undone: NamedStep[] = [];
  const groups: OpenGroup[] = [];

  function keep(step: NamedStep): void {
    const group = groups.at(-1);
    if (group !== undefined) {
      group.steps.push(step);
      return;
    }
    done.push(step);
    forgetOldest();
    stepped(step.label, step.changes);
  }

  /** A server that runs for months must not remember every edit of them. */
  function forgetOldest(): void {
    if (done.length > mostSteps * 1.1) done.splice(0, done.length - mostSteps);
  }

  function innermost(sessionId: number, verb: string): OpenGroup {
    const group = groups.at(-1);
    if (group === undefined)
      throw waapiErrors.invalidArguments(`No undo group is open: there is nothing to ${verb}.`);
    if (group.sessionId !== sessionId) {
      throw waapiErrors.invalidArguments(
        `The innermost undo group belongs to another session and must be closed first.`,
      );
    }
    groups.pop();
    return group;
  }

  function refuseInsideGroup(verb: string): void {
    if (groups.length > 0) throw waapiErrors.invalidArguments(`Cannot ${verb} while an undo group is open.`);
  }

  function* undoSteps(): Generator<void, void> {
    refuseInsideGroup('undo');
    const step = done.pop();
    if (step === undefined) throw waapiErrors.invalidArguments('There is nothing to undo.');
    yield* log.revertSteps(step);
    undone.push(step);
    const changes = reversed(step.changes);
    yield* publish(changes);
    stepped(step.label, changes);
  }

  function* redoSteps(): Generator<void, void> {
    refuseInsideGroup('redo');
    const step = undone.pop();
    if (step === undefined) throw waapiErrors.invalidArguments('There is nothing to redo.');
    yield* log.reapplySteps(step);
    done.push(step);
    yield* publish(step.changes);
    stepped(step.label, step.changes);
  }

  return {
    get isGroupOpen() {
      return groups.length > 0;
    },
    record(label, step, sessionId) {
      if (step.edits.length === 0) return;
      undone = [];
      keep({ label, ...step, by: [sessionId] });
    },
    isOwn(what, sessionId) {
      const group = groups.at(-1);
      const last = done.at(-1);
      const isAll = ({ by }: NamedStep): boolean => by.every((one) => one === sessionId);
      if (what === 'group') return group?.sessionId === sessionId && group.steps.every(isAll);
      return group === undefined && last !== undefined && isAll(last);
    },
    next(verb) {
      const step = (verb === 'undo' ? done : undone).at(-1);
      return step === undefined ? undefined : stepWords(step.label, step.changes);
    },
    beginGroup(sessionId) {
      groups.push({ sessionId, steps: [] });
    },
    endGroup(sessionId, displayName) {
      const group = innermost(sessionId, 'end');
      if (group.steps.length > 0) keep(joined(displayName, group.steps));
    },
    *cancelGroup(sessionId, undo) {
      const group = innermost(sessionId, 'cancel');
      if (!undo) {
        for (const step of group.steps) keep(step);
        return;
      }
      const whole = joined('', group.steps);
      yield* log.revertSteps(whole);
      yield* publish(reversed(whole.changes));
    },
    cancelOpenGroups(sessionId) {
      for (let at = groups.length - 1; at >= 0; at--) {
        const group = groups[at];
        if (group?.sessionId !== sessionId) continue;
        groups.splice(at, 1);
        const outer = groups[at - 1]?.steps ?? done;
        for (const step of group.steps) outer.push(step);
        forgetOldest();
      }
    },
    undo: () => atOnce(undoSteps()),
    undoSteps,
    redo: () => atOnce(redoSteps()),
    redoSteps,
    clear() {
      done = [];
      undone = [];
      for (const group of groups) group.steps.length = 0;
    },
  };
}

export interface UndoHistoryParts {
  readonly log: Pick<EditLog, 'revertSteps' | 'reapplySteps'>;
  /** Called after a step was undone or redone with what that changed, in steps. */
  publish(changes: readonly ModelChange[]): Generator<void, void>;
  /** Called after each change of the stack. */
  stepped(summary: string, changes: readonly ModelChange[]): void;
}

const mostSteps = 10_000;

function joined(label: string, steps: readonly NamedStep[]): NamedStep {
  return {
    label,
    edits: steps.flatMap((step) => step.edits),
    changes: steps.flatMap((step) => step.changes),
    by: [...new Set(steps.flatMap((step) => step.by))],
  };
}

function reversed(changes: readonly ModelChange[]): readonly ModelChange[] {
  return changes.toReversed().flatMap(opposite);
}

function opposite(change: ModelChange): ModelChange | readonly ModelChange[] {
  switch (change.kind) {
    case 'created':
      return [
        { kind: 'deleting', object: change.object, path: '' },
        { kind: 'deleted', object: change.object, path: '' },
      ];
    case 'deleting':
      return [];
    case 'assignmentAdded':
      return { ...change, kind: 'assignmentRemoved' };
    case 'assignmentRemoved':
      return { ...change, kind: 'assignmentAdded' };
    case 'attenuationCurveChanged':
    case 'attenuationCurveLinkChanged':
    case 'curveChanged':
      return change;
    case 'deleted':
      return { kind: 'created', object: change.object };
    case 'childAdded':
      return { kind: 'childRemoved', parent: change.parent, child: change.child };
    case 'childRemoved':
      return { kind: 'childAdded', parent: change.parent, child: change.child };
    case 'nameChanged':
      return { ...change, oldName: change.newName, newName: change.oldName };
    case 'notesChanged':
      return { ...change, oldNotes: change.newNotes, newNotes: change.oldNotes };
    case 'propertyChanged':
      return { ...change, old: change.new, new: change.old };
    case 'referenceChanged':
      return { ...change, old: change.new, new: change.old };
  }
}
