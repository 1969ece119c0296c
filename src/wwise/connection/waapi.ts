import type { JsonObject } from '../../core/json.ts';
import type { Restoring, UndoKnowledge, WaapiSubscription } from './backend.ts';

export interface CallControl {
  /** Aborts waiting. A queued call leaves the queue; a call already sent is CANCELLED (read) or OUTCOME_UNKNOWN (write). */
  readonly signal?: AbortSignal | undefined;
  /** Time limit from being sent to being answered, in milliseconds. Default: by function (time-limits.ts). */
  readonly timeoutMs?: number | undefined;
  /** Higher goes before lower among calls that wait. Default 0. */
  readonly priority?: number | undefined;
  /**
   * Sends only over this link, as `linkCount` counted it; once another one has taken its place the call is not sent and
   * rejects with an error that `isLinkReplaced` knows. For what is only right where the calls before it went.
   */
  readonly link?: number | undefined;
  /** Called before the answer where the backend is `restoring`. */
  readonly onKept?: ((steps: readonly JsonObject[] | null) => void) | undefined;
  readonly readBehind?: ReadBehind | undefined;
}

/**
 * A query that goes out right behind a call that changes something, before that is answered, where the backend keeps calls in
 * order: so that reading back waits for no second round trip. Who has to see every answer drops it. Its answer is worth what it
 * shows: one that does not show the change is to be asked for again.
 */
export interface ReadBehind {
  readonly waql: string;
  /** Of object.get. */
  readonly options: JsonObject;
  /** Called once it went out; undefined where it was refused or took too long. Never rejects. */
  onSent(answer: Promise<JsonObject | undefined>): void;
}

/**
 * WAAPI as the rest of WwiseFlow sees it: one queued connection. Rejects only with WwiseFlowError:
 * WAAPI_UNAVAILABLE (never sent), WAAPI_TIMEOUT (reads), OUTCOME_UNKNOWN (a write whose answer was lost),
 * WAAPI_LOCKED, CANCELLED, OBJECT_NOT_FOUND, NAME_CONFLICT, UNKNOWN_PROPERTY, INVALID_QUERY,
 * else WAAPI_ERROR with details `{ uri, procedure, ... }` as Wwise gave them.
 */
export interface Waapi {
  /** Where the connection leads, for messages. */
  readonly address: string;
  /** Calls sent so far: the cost a plan promises and a run reports. */
  readonly callCount: number;
  /**
   * Links opened so far, and the one to come once the last is known to be gone: what was learned over an earlier link (which
   * project is open) must be asked again.
   */
  readonly linkCount?: number | undefined;
  /** The last link is known to be up. */
  readonly isLinked?: boolean | undefined;
  /** Calls that wait or run. */
  readonly queueLength?: number | undefined;
  /** What the backend in use knows of the undo history; undefined where it knows nothing, as with Wwise itself. */
  readonly undo?: UndoKnowledge | undefined;
  /** What reverts calls to the letter; undefined where the backend in use does not. */
  readonly restoring?: Restoring | undefined;
  call(uri: string, args?: JsonObject, options?: JsonObject, control?: CallControl): Promise<JsonObject>;
  subscribe(
    topic: string,
    options: JsonObject,
    onEvent: (payload: JsonObject) => void,
  ): Promise<WaapiSubscription>;
  close(): Promise<void>;
}
