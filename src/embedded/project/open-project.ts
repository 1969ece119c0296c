import type { ModelEditor } from '../model/editor.ts';
import type { ModelChange, ProjectModel, WwiseObject } from '../model/model.ts';
import type { UndoHistory } from './undo-history.ts';

export interface SaveOutcome {
  /** Absolute paths of the files written. */
  readonly savedFiles: readonly string[];
}

/** A file of the project that could not be read: reported by name, left untouched, the rest is usable. */
export interface BrokenFile {
  readonly filePath: string;
  /** What is wrong, with line and column. */
  readonly problem: string;
}

/** A project opened from disk, held in memory until saved. */
export interface OpenProject {
  /** Absolute path of the .wproj. */
  readonly filePath: string;
  readonly model: ProjectModel;
  readonly brokenFiles: readonly BrokenFile[];
  /** Originals directory, absolute. */
  readonly originalsDir: string;
  readonly isDirty: boolean;
  readonly undo: UndoHistory;
  /**
   * Runs `work`; its edits become one undo step named `label` (or part of the session's open group).
   * When it throws, every edit is taken back and the error goes on.
   */
  edit<T>(label: string, sessionId: number, work: (editor: ModelEditor) => T | Promise<T>): Promise<T>;
  /** Called after each finished edit, undo and redo with what it changed. Returns a function that unsubscribes. */
  onChanges(listener: (changes: readonly ModelChange[]) => void): () => void;
  /** Called after each save with the files written. */
  onSaved(listener: (savedFiles: readonly string[]) => void): () => void;
  /** Writes the changed files atomically. Throws ak.wwise.file_error naming a file that changed on disk since it was read. */
  save(): SaveOutcome;
  /**
   * Adds a Work Unit to a physical folder. Its file is written at once and the undo history forgotten: creating and deleting
   * Work Units cannot be undone in Wwise either.
   */
  createWorkUnit(folder: WwiseObject, name: string): WwiseObject;
  /** Deletes a Work Unit and its file, at once and for good. References to what was in it are dropped. */
  deleteWorkUnit(workUnit: WwiseObject): void;
  /** Drops the lock. Unsaved changes are lost. */
  close(): void;
}
