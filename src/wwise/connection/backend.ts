import type { JsonObject } from '../../core/json.ts';

/**
 * The seam between WwiseFlow and whatever answers WAAPI: a WebSocket to Wwise, or the embedded engine in this process.
 * A backend knows no queue, no time limit and no retry: those are the connection's (connection.ts).
 */
export interface WaapiBackend {
  /** Where this backend leads, for messages: a URL or a project file. */
  readonly address: string;
  /** False once it is known to lead nowhere any more. Left out: that shows only in the next call. */
  readonly isOpen?: boolean;
  /**
   * One WAAPI call. Resolves to the result object (`{}` when the function gives none).
   * Rejects with WaapiError when Wwise refused, with WaapiLinkError when the link failed. `signal` is aborted when nobody waits
   * for the answer any more; who `obeysSignal` then rejects with CallAbandoned where nothing was changed yet. A backend that is
   * `restoring` calls `onKept` before it answers, with what `restore` takes; null for a call that it cannot revert.
   */
  call(
    uri: string,
    args: JsonObject,
    options: JsonObject,
    signal?: AbortSignal,
    onKept?: (steps: readonly JsonObject[] | null) => void,
  ): Promise<JsonObject>;
  /** Whether calls are worked off in the order they were sent in, although none waits for the answer of another. Left out: they may overtake. */
  readonly keepsOrder?: boolean;
  /** Whether a call that nobody waits for is ended soon. Left out: it goes on, and its outcome stays unknown. */
  readonly obeysSignal?: boolean;
  /** One SUBSCRIBE. Each subscription keeps its own options. Events arrive in the order they were published. */
  subscribe(
    topic: string,
    options: JsonObject,
    onEvent: (payload: JsonObject) => void,
  ): Promise<WaapiSubscription>;
  /** Left out where nobody can know who made what is in the undo history, as with Wwise itself. */
  readonly undo?: UndoKnowledge | undefined;
  /** Left out where a call that took something away cannot be reverted but by undo, as with Wwise itself. */
  readonly restoring?: Restoring | undefined;
  /** Ends the session. Calls in flight reject with WaapiLinkError. */
  close(): Promise<void>;
}

/** What a backend knows of who made what an undo would roll back. */
export interface UndoKnowledge {
  /**
   * Whether this session alone made all that cancelling its innermost undo group (`group`), or undoing the last step (`step`),
   * would roll back now.
   */
  isOwn(what: 'group' | 'step'): boolean;
  /** The step that going back or forward in the history is about next, in words; undefined when there is none. */
  next(way: 'back' | 'forward'): string | undefined;
}

/** A backend that reverts calls to the letter, however long ago they were and whatever came after: GUIDs and order included. */
export interface Restoring {
  /**
   * Reverts the steps that calls were kept as, the last one first. Null; or, when something of it is no longer as they left it, why
   * nothing was done, as a sentence.
   */
  restore(steps: readonly JsonObject[]): Promise<string | null>;
  /**
   * Whether all that these steps changed is as it was before them. Objects that were `made` before them, by GUID, may be gone, and
   * what is in those that were `changed` may be something else.
   */
  isBack(
    steps: readonly JsonObject[],
    known: { readonly made: readonly string[]; readonly changed: readonly string[] },
  ): Promise<boolean>;
  /** Whether these steps took objects away, in lists and inside others too, and did not only move them. */
  tookObjects(steps: readonly JsonObject[]): boolean;
  /** GUIDs of the objects that these steps made, took away or changed. */
  touched(steps: readonly JsonObject[]): readonly string[];
}

export interface WaapiSubscription {
  unsubscribe(): Promise<void>;
}

/** Wwise answered with an error: URI, message and details exactly as it gave them. */
export class WaapiError extends Error {
  readonly uri: string;
  readonly details: JsonObject;

  constructor(uri: string, message: string, details: JsonObject = {}) {
    super(message);
    this.name = 'WaapiError';
    this.uri = uri;
    this.details = details;
  }
}

/** Nobody waited for the answer any more, so the work was ended: nothing was changed. */
export class CallAbandoned extends Error {
  constructor(uri: string) {
    super(`${uri} was abandoned.`);
    this.name = 'CallAbandoned';
  }
}

/** The link to Wwise failed. `sent` says whether the call may have reached Wwise: if so its outcome is unknown. */
export class WaapiLinkError extends Error {
  readonly sent: boolean;

  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'WaapiLinkError';
    this.sent = sent;
  }
}
