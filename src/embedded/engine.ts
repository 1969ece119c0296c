import type { JsonObject } from '../core/json.ts';
import type { BrokenFile, OpenProject, UnsavedWork } from './project/open-project.ts';
import type { TouchedObject } from './recovery/touched-objects.ts';

/**
 * The embedded engine as its doors see it: the WAMP and HTTP servers and the in-process backend.
 * Rejects with WaapiError only, worded as Wwise words it.
 */
export interface Engine {
  /** The project file, or null when none is open. */
  readonly projectPath: string | null;
  /** The project itself, for whoever shares this process with the engine. */
  readonly project: OpenProject | null;
  /** Files of the project whose content is not known here, each with the reason; a .wproj that stopped being readable too. */
  unreadableFiles(): readonly BrokenFile[];
  /** The project as it is on disk by now, where nothing unsaved stands against it. */
  upToDate(): Promise<OpenProject | null>;
  /** Works on that project while no call is answered: nothing is edited in between, however often the work pauses. */
  whileStill<T>(work: (project: OpenProject | null) => Promise<T>): Promise<T>;
  openSession(): EngineSession;
  /** What is unsaved at this moment, with the objects it is about; null when nothing is. Synchronous. */
  unsaved(): { readonly work: UnsavedWork; readonly objects: readonly TouchedObject[] } | null;
  /**
   * Writes the unsaved work of an earlier session to disk and reads the project again; resolves to the files written. Rejects
   * with FILE_CONFLICT, or CONFIRMATION_REQUIRED while there are unsaved edits in memory.
   */
  recover(work: UnsavedWork): Promise<readonly string[]>;
  /** Closes the project without saving and drops the lock. */
  close(): Promise<void>;
}

/** One client. Owns its undo groups and subscriptions: closing it cancels open groups (keeping the changes) and unsubscribes. */
export interface EngineSession {
  /** Calls of all sessions run one after the other, in order of arrival. */
  call(uri: string, args: JsonObject, options: JsonObject): Promise<JsonObject>;
  /** Resolves to a function that unsubscribes. Events come in order, after the call that caused them has its result. */
  subscribe(topic: string, options: JsonObject, onEvent: (payload: JsonObject) => void): Promise<() => void>;
  /**
   * Waits until what the system knows about the files of the project has arrived. Each call does, until this is called: from
   * then on it is for the caller to do so, once for all the calls that answer one request.
   */
  hearNews(): Promise<void>;
  /** As UndoHistory.isOwn, of this session; false without a project. */
  isOwn(what: 'group' | 'step'): boolean;
  /**
   * What happened to the project that no call asked for, in words, each once: files that others changed on disk and what
   * was done about it.
   */
  takeNotices(): readonly string[];
  close(): void;
}
