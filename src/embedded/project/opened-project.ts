import type { DuplicateObject, HealthFinding } from '../../core/backend/project-files.ts';
import type { Pause } from '../../core/turns/turns.ts';
import type { ModelEditor } from '../model/editor.ts';
import type { ProjectFile } from '../model/index/project-file.ts';
import type { ModelChange, ProjectModel, WwiseObject } from '../model/model.ts';
import type { ElseKnown } from '../model/restoring/are-restored.ts';
import type { KeptStep } from '../model/restoring/kept-step.ts';
import type { LockAddress } from './lock/lock-holder.ts';
import type { Originals } from './originals/originals.ts';
import type { JournalEntry, MovedDirectory } from './saving/save-journal.ts';
import type { WriteBounds } from './saving/write-bounds.ts';
import type { UndoHistory } from './undo/undo-history.ts';
import type { WorkInSteps } from './work-in-steps.ts';

export interface SaveOutcome {
  /** Absolute paths of the files written. */
  readonly savedFiles: readonly string[];
}

/** Edits of a project that are in memory only, as the save that would write them. */
export interface UnsavedWork {
  readonly projectPath: string;
  readonly entries: readonly JournalEntry[];
  readonly directories: readonly MovedDirectory[];
}

/** A file of the project that could not be read: reported by name, left untouched, the rest is usable. */
export interface BrokenFile {
  readonly filePath: string;
  /** What is wrong, in words that go on after "cannot be read:", with line and column where they help. */
  readonly problem: string;
}

/** Hears what was changed, in steps. */
export type ChangeListener = (changes: readonly ModelChange[]) => Generator<void, void>;

/** A project opened from disk, held in memory until saved. */
export interface OpenedProject {
  /** Absolute path of the .wproj. */
  readonly filePath: string;
  readonly model: ProjectModel;
  readonly brokenFiles: readonly BrokenFile[];
  /** What happened when it was opened that whoever works on it should know: a save that had been cut off. */
  readonly notices: readonly string[];
  /** Whether it may be edited though a newer Wwise saved it. */
  readonly forceNewer: boolean;
  /** Every file whose content is not in memory: the broken ones, unloaded ones, and nested ones that are not there. */
  unreadableFiles(): readonly BrokenFile[];
  /** Objects that have the GUID of another one. Looks at all objects. */
  duplicateIds(): readonly DuplicateObject[];
  /** What else is wrong with the project: see health/. Looks at all objects, once until one changes, in steps. */
  health(withAudio: boolean): Generator<void, readonly HealthFinding[]>;
  /** Originals directory, absolute. */
  readonly originalsDir: string;
  readonly originals: Originals;
  /** Where its files may be written. */
  readonly bounds: WriteBounds;
  /** The .wproj and every readable Work Unit, as they are in memory. */
  readonly files: readonly ProjectFile[];
  readonly isDirty: boolean;
  /** The directories of its physical folders, absolute, where Work Units are looked for. */
  readonly directories: readonly string[];
  /** True while a physical folder was renamed or moved and not saved. */
  readonly hasMovedFolders: boolean;
  /** When the files began to be read, in milliseconds since 1970. */
  readonly openedAtMs: number;
  readonly undo: UndoHistory;
  /**
   * Runs `work`; its edits become one undo step named `label` (or part of the session's open group).
   * When it throws, every edit is rolled back and the error goes on. `giveWay`: how that, and publishing, pauses.
   */
  edit<T>(
    label: string,
    sessionId: number,
    work: (editor: ModelEditor) => T | Promise<T>,
    giveWay?: Pause,
  ): Promise<T>;
  /**
   * Runs `work` and gives, for each edit in it, what reverts that one to the letter later; null when something of it is on disk
   * at once, and so reverted by nothing.
   */
  keeping<T>(
    work: () => Promise<T>,
    giveWay?: Pause,
  ): Promise<{ readonly result: T; readonly kept: readonly KeptStep[] | null }>;
  /** Reverts such edits, the last one first, as one step. Rejects with NotRestorable, and has then changed nothing. */
  restore(kept: readonly KeptStep[], sessionId: number, giveWay: Pause): Promise<void>;
  /** Whether all that these took away or changed is as it was before them; of some objects something else is known. */
  areRestored(kept: readonly KeptStep[], known: ElseKnown): Promise<boolean>;
  /**
   * `check` is called before every edit from now on, with the files that the edit deletes for good, and before it is kept,
   * with those in which something changed; what it throws refuses the edit. Undo is never refused.
   */
  guardEdits(check: (deleted: readonly string[], touched: readonly string[]) => void): void;
  /** Called after each finished edit, undo and redo with what it changed. Returns a function that unsubscribes. */
  onChanges(listener: ChangeListener): () => void;
  /** Called after each change of the undo stack with the step's name: made (a group: when it ends), undone or redone. */
  onUndoSteps(listener: (summary: string, changes: readonly ModelChange[]) => void): () => void;
  /** Called after each save with the files written. */
  onSaved(listener: (savedFiles: readonly string[]) => void): () => void;
  /**
   * Called after a Work Unit or physical folder was created, copied, moved or deleted, which saves the project at once, with
   * the files that held unsaved edits before. Returns a function that unsubscribes.
   */
  onSavedAtOnce(listener: (unsaved: readonly string[]) => void): () => void;
  /** Writes the changed files atomically. Throws ak.wwise.file_error naming a file that changed on disk since it was read. */
  save(): SaveOutcome;
  /**
   * The same with pauses, during which nothing may be edited. A pause that rejects ends it, as long as nothing was written: then
   * nothing is; from then on it is `giveWay` that pauses, which does not. A process that ends in the middle leaves a save
   * journal, which the next start completes.
   */
  saveInTurns(pause: Pause, giveWay?: Pause): Promise<SaveOutcome>;
  /** What a save would write now, an edit that is under way left out; null when nothing is unsaved. */
  unsavedWork(): UnsavedWork | null;
  /**
   * Adds a Work Unit to a physical folder, or a nested one to a Work Unit, folder or container. This and the following are
   * written at once and forget the undo history: they cannot be undone in Wwise either.
   */
  createWorkUnit(parent: WwiseObject, name: string): WwiseObject;
  /**
   * Copies a Work Unit, or an object that holds some, each to a file of its own. Copies of nested ones get a free name in the
   * folder where they come to lie.
   */
  copyWithFiles(object: WwiseObject, newParent: WwiseObject, name: string): WwiseObject;
  /** Moves a Work Unit with its file; below a folder it stands alone, below anything else it becomes nested. */
  moveWorkUnit(workUnit: WwiseObject, newParent: WwiseObject): void;
  /** Deletes a Work Unit with its file and those nested in it, for good. References to what was in it are dropped. */
  deleteWorkUnit(workUnit: WwiseObject): void;
  /** Adds a physical folder below another: a directory on disk and its entry in the .wproj. Renaming one is an edit. */
  createPhysicalFolder(parent: WwiseObject, name: string): WwiseObject;
  /** Moves a physical folder with its directory and all Work Units in it. */
  movePhysicalFolder(folder: WwiseObject, newParent: WwiseObject): void;
  /** Deletes a physical folder with all Work Units in it, for good; files that are none stay, and then the directory does. */
  deletePhysicalFolder(folder: WwiseObject): void;
  /** The same in steps. */
  readonly inSteps: WorkInSteps;
  /**
   * Drops the content of a Work Unit and of those nested in it from memory: the objects are unknown until it is loaded again.
   * Forgets the undo history. Throws when it has unsaved changes.
   */
  unloadWorkUnit(workUnit: WwiseObject): void;
  /** Reads an unloaded Work Unit, and those nested in it, from disk. Throws ak.wwise.file_error when its file does not read. */
  loadWorkUnit(workUnit: WwiseObject): void;
  /**
   * Reads the project anew and resolves to it; with `keepUnsaved`, files with unsaved edits are taken over as they are in
   * memory. The new one has the lock, an empty undo history and no listeners. Rejects like `openProject`; this one is then
   * still open, otherwise it is closed.
   */
  reopen(keepUnsaved: boolean): Promise<OpenedProject>;
  /** Says in the lock where this process can be reached, for whoever finds the project open. */
  announce(address: LockAddress): void;
  /** Drops the lock. Unsaved changes are lost. */
  close(): void;
}
