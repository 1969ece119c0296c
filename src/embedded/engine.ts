import type { JsonObject } from '../core/json.ts';
import type { Restoring, WaapiBackend } from '../wwise/connection/backend.ts';
import type { BrokenFile, OpenedProject, UnsavedWork } from './project/opened-project.ts';
import type { TouchedObject } from './recovery/touched-objects.ts';

/**
 * The embedded engine as its transports see it: the WAMP and HTTP servers and the in-process backend.
 * Rejects with WaapiError only, worded as Wwise words it; with CallAbandoned where the caller gave up.
 */
export interface Engine {
  /** The project file, or null when none is open. */
  readonly projectPath: string | null;
  /** The project itself, for whoever shares this process with the engine. */
  readonly project: OpenedProject | null;
  /** It was given up while nobody needed it: whoever calls opens another one. Left out: it never is. */
  readonly isReleased?: boolean;
  /** Files of the project whose content is not known here, each with the reason; a .wproj that stopped being readable too. */
  unreadableFiles(): readonly BrokenFile[];
  /** The project as it is on disk by now, where nothing unsaved stands against it. */
  upToDate(): Promise<OpenedProject | null>;
  /** Works on that project, without changing it, while nobody else does: nothing is edited in between, however often the work pauses. */
  whileStill<T>(work: (project: OpenedProject | null) => Promise<T>): Promise<T>;
  /** `from`: address and port of the client, for the log, where it has one. */
  openSession(from?: string): EngineSession;
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
  /**
   * Calls that change something run one after the other, in order of arrival; calls that only read may run beside each other.
   * Once `signal` is aborted, one that has not begun does not begin, and one that has changed nothing yet ends at its next
   * pause; both reject with CallAbandoned. `onKept`: as of the backend.
   */
  readonly call: WaapiBackend['call'];
  /** As of the backend. */
  readonly restoring: Restoring;
  /** Resolves to a function that unsubscribes. Events come in order, after the call that caused them has its result. */
  subscribe(topic: string, options: JsonObject, onEvent: (payload: JsonObject) => void): Promise<() => void>;
  /**
   * Waits until what the system knows about the files of the project has arrived. Each call does, until this is called: from
   * then on it is for the caller to do so, once for all the calls that answer one request.
   */
  hearNews(): Promise<void>;
  /** As UndoHistory.isOwn, of this session; false without a project. */
  isOwn(what: 'group' | 'step'): boolean;
  /** As UndoHistory.next; undefined without a project. */
  nextStep(verb: 'undo' | 'redo'): string | undefined;
  /**
   * What happened to the project that no call asked for, in words, each once: files that others changed on disk and what
   * was done about it.
   */
  takeNotices(): readonly string[];
  close(): void;
}
