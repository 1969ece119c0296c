import type { AddOnCommands } from './add-on-commands.ts';
import type { Selection } from './selection.ts';
import type { Transports } from './transports.ts';
import type { WwiseLog } from './wwise-log.ts';

/** What a running engine holds beside its project. */
export interface Instance {
  readonly log: WwiseLog;
  readonly transports: Transports;
  readonly selection: Selection;
  readonly addOnCommands: AddOnCommands;
  /** Null: source control is switched off, as with --no-source-control. */
  sourceControl: 'git' | null;
  /** Absolute path of the open .wproj, or null. */
  readonly projectPath: string | null;
  /**
   * Opens a project in place of the one that is open, whose unsaved changes are lost. When it cannot be opened, the
   * present one stays. Rejects like `openProject`.
   */
  openProject(filePath: string): Promise<void>;
  /**
   * Reads what is on disk now, after files were written that have no unsaved edits; unsaved edits elsewhere are kept. Every
   * client is notified; `cause` says in words who wrote them.
   */
  readAgain(cause: string): Promise<void>;
  /** Closes the project without saving and revokes what was subscribed to about it. False when none was open. */
  closeProject(): boolean;
}
