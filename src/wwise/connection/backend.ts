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
   * Rejects with WaapiError when Wwise refused, with WaapiLinkError when the link failed.
   */
  call(uri: string, args: JsonObject, options: JsonObject): Promise<JsonObject>;
  /** One SUBSCRIBE. Each subscription keeps its own options. Events arrive in the order they were published. */
  subscribe(
    topic: string,
    options: JsonObject,
    onEvent: (payload: JsonObject) => void,
  ): Promise<WaapiSubscription>;
  /** Left out where nobody can tell who made what is in the undo history, as with Wwise itself. */
  readonly undo?: UndoKnowledge | undefined;
  /** Ends the session. Calls in flight reject with WaapiLinkError. */
  close(): Promise<void>;
}

/** What a backend knows of who made what an undo would take back. */
export interface UndoKnowledge {
  /**
   * Whether this session alone made all that cancelling its innermost undo group (`group`), or undoing the last step (`step`),
   * would take back now.
   */
  isOwn(what: 'group' | 'step'): boolean;
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

/** The link to Wwise failed. `sent` tells whether the call may have reached Wwise: if so its outcome is unknown. */
export class WaapiLinkError extends Error {
  readonly sent: boolean;

  constructor(message: string, sent: boolean, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'WaapiLinkError';
    this.sent = sent;
  }
}
