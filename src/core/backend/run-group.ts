/** The undo group a run has open. */
export interface RunGroup {
  /** Whether rolling it back takes nothing of others, as far as that can be known, and is needed. */
  mayUndo(canRevert: boolean): Promise<boolean>;
  /** Whether the backend knows who made what is in a group, so that nothing else has to be looked at. */
  readonly knowsUndo: boolean;
  /** Rolls back all it holds and opens it anew. */
  restart(): Promise<boolean>;
}
