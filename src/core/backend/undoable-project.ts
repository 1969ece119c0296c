import type { Json, JsonObject } from '../json.ts';
import type { ChangeRecord } from './change-record.ts';
import type { ProjectIdentity } from './project-identity.ts';

/** What one node of a run changed, by what was recorded of its calls. Undefined: nothing was recorded. */
export interface AppliedEffect {
  readonly command: string;
  readonly input: Json;
  readonly output: JsonObject;
  readonly changes: readonly ChangeRecord[] | undefined;
}

/** The Originals that sources of the project play. */
export interface PlayedFiles {
  readonly players: readonly { readonly id: string; readonly path: string }[];
  /** False when part of the project could not be read: what that plays is not known. */
  readonly isComplete: boolean;
}

/** What a run needs of the project beyond its commands: undo, checking, rolling back. Rejects like a call of the back-end. */
export interface UndoableProject {
  facts(): Promise<ProjectFolders>;
  /** Changing calls answered so far, whoever made them over this bus: says whether a run is still the last thing done. */
  readonly changeCount: number;
  /**
   * Waits until nobody else changes the project, and keeps everybody out until the turn is given back. Rejects with CANCELLED
   * when the signal aborts meanwhile.
   */
  takeTurn(signal?: AbortSignal): Promise<() => void>;
  /** The same at once: undefined when somebody else changes the project. */
  takeTurnNow(): (() => void) | undefined;
  /** Opens an undo group. Only in a turn: every change goes into the group that is open. */
  openUndoGroup(signal?: AbortSignal): Promise<UndoGroup>;
  /**
   * Rolls back the last step of the undo history, where it is known to hold nothing of others; false when it is not, or there
   * is none.
   */
  undoOwn(): Promise<boolean>;
  /** Does again what was undone last. */
  redo(): Promise<void>;
  /** Whether what these effects achieved holds in the project, each for itself; one query for all. */
  hold(effects: readonly AppliedEffect[]): Promise<readonly boolean[]>;
  /**
   * Whether what these effects did is still in the project, each for itself: false once it was read back as before, else a
   * sentence on what was not; undefined where nothing shows it.
   */
  remain(effects: readonly AppliedEffect[]): Promise<readonly (false | string | undefined)[]>;
  /**
   * Whether nothing is left of what these did, each for itself: all that can be read of what they changed is as it was before.
   * False where they changed nothing, or nothing that can be read.
   */
  areLost(effects: readonly Pick<AppliedEffect, 'changes'>[]): Promise<readonly boolean[]>;
  /** Whether the backend knows who made what is in the undo history. */
  readonly knowsUndo: boolean;
  /** Whether all of what these did can be rolled back without an undo. Asks nothing. */
  canRollBack(effects: readonly Pick<AppliedEffect, 'changes'>[]): boolean;
  /** GUIDs of the objects an effect claims to have made or found. */
  claimedIds(effect: AppliedEffect): readonly string[];
  /** Takes effects back one by one, in this order; for each null, or why it could not be. */
  rollBack(effects: readonly AppliedEffect[]): Promise<readonly (string | null)[]>;
  /** Local paths of the Originals that some source plays, and whether every file of the project could be asked. */
  playedFiles(): Promise<PlayedFiles>;
  /** Local paths of the files that belong to a command's input; empty for a command without files. */
  inputFiles(command: string, input: Json): readonly string[];
  /** Files that the back-end wrote for a command or found there, by what the command says of its output. */
  writtenFiles(command: string, output: JsonObject): readonly string[];
}

/** The open project, with the folder of its Originals as this machine sees it. */
export interface ProjectFolders extends ProjectIdentity {
  readonly originalsDir: string;
}

export interface UndoGroup {
  /** The link it is open on; changes sent over another one are not in it. */
  readonly link: number | undefined;
  /** Whether `cancel` takes nothing of others, as far as that can be known, and is needed. */
  mayUndo(canRevert: boolean): Promise<boolean>;
  /** Closes the group as one step of this name. False when the link broke meanwhile: the group is gone. */
  end(displayName: string): Promise<boolean>;
  /** Closes the group and takes everything in it back. False when the link broke meanwhile: nothing was rolled back. */
  cancel(): Promise<boolean>;
}
