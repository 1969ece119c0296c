/** What of a workspace changed: a run went on, or the project may be another. */
export type WorkspaceChange = 'runs' | 'project';

/** What happens in a workspace. Nothing is watched before somebody follows it. */
export interface WorkspaceChanges {
  /** The listener is notified of each change from now on, until the function it gives is called. */
  follow(listener: (change: WorkspaceChange) => void): () => void;
}
