import type { JsonObject } from '../base/json.ts';
import type { OpenProject } from './project/open-project.ts';

/**
 * The embedded engine as its doors see it: the WAMP and HTTP servers and the in-process backend.
 * Rejects with WaapiError only, worded as Wwise words it.
 */
export interface Engine {
  /** The project file, or null when none is open. */
  readonly projectPath: string | null;
  /** The project itself, for whoever shares this process with the engine. */
  readonly project: OpenProject | null;
  openSession(): EngineSession;
  /** Closes the project without saving and drops the lock. */
  close(): Promise<void>;
}

/** One client. Owns its undo groups and subscriptions: closing it cancels open groups (keeping the changes) and unsubscribes. */
export interface EngineSession {
  /** Calls of all sessions run one after the other, in order of arrival. */
  call(uri: string, args: JsonObject, options: JsonObject): Promise<JsonObject>;
  /** Resolves to a function that unsubscribes. Events come in order, after the call that caused them has its result. */
  subscribe(topic: string, options: JsonObject, onEvent: (payload: JsonObject) => void): Promise<() => void>;
  close(): void;
}
