/** Unsaved edits of a session that ended without saving, kept under the state directory. */
export interface KeptEdits {
  readonly id: string;
  readonly writtenAtMs: number;
  readonly files: readonly {
    readonly path: string;
    readonly change: 'changed' | 'added' | 'removed';
    /** `ready`: as it was when the edits were made; `done`: holds them already; `conflict`: changed since. */
    readonly onDisk: 'ready' | 'done' | 'conflict';
  }[];
  /** The first of them. */
  readonly objects: readonly {
    readonly id: string;
    readonly path: string;
    readonly type: string;
    readonly change: 'created' | 'changed' | 'deleted';
  }[];
  readonly objectCount: number;
}

/** What is kept for the open project, and what can be done with it. */
export interface Recoveries {
  /** Oldest first; files that cannot be read are named. */
  list(): {
    readonly kept: readonly KeptEdits[];
    readonly unreadable: readonly { readonly filePath: string; readonly problem: string }[];
  };
  /**
   * Writes the edits to the files of the project and reads it again; resolves to the files written. Rejects with
   * FILE_NOT_FOUND, FILE_CONFLICT (a file changed since; nothing is written) or CONFIRMATION_REQUIRED (unsaved edits in memory).
   */
  apply(id: string): Promise<readonly string[]>;
  /** Rejects with FILE_NOT_FOUND. */
  discard(id: string): Promise<void>;
}
