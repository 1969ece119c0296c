/**
 * The undo stack of a project. Groups belong to sessions and nest; an edit outside any group is a step of its own.
 * Methods throw WaapiError when there is nothing to end, cancel, undo or redo.
 */
export interface UndoHistory {
  /** Of any session. */
  readonly isGroupOpen: boolean;
  beginGroup(sessionId: number): void;
  endGroup(sessionId: number, displayName: string): void;
  /** `undo: false` keeps the changes (the documented default). In steps. */
  cancelGroup(sessionId: number, undo: boolean): Generator<void, void>;
  /** For a session that went away: cancels its open groups and keeps the changes. */
  cancelOpenGroups(sessionId: number): void;
  undo(): void;
  redo(): void;
  /** The same in steps, between which the tree holds together. Nothing may be edited meanwhile, and no step may be left out. */
  undoSteps(): Generator<void, void>;
  redoSteps(): Generator<void, void>;
  /**
   * Whether a session alone made all of what `cancelGroup` with undo (`group`), or `undo` (`step`), would roll back now. False
   * where the innermost group is not its own, or a group is open beside the step.
   */
  isOwn(what: 'group' | 'step', sessionId: number): boolean;
  /** The step that `undo` or `redo` is about next, in words; undefined when there is nothing. */
  next(verb: 'undo' | 'redo'): string | undefined;
  /** Forgets everything, as creating a Work Unit does. */
  clear(): void;
}
