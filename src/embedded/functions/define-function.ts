import type { JsonObject } from '../../core/json.ts';
import type { Instance } from '../instance/instance.ts';
import type { OpenedProject } from '../project/opened-project.ts';
import type { ProjectEvent } from '../topics/topic.ts';

/** What a WAAPI function may use. Arguments and options were checked against the function's schema before. */
export interface FunctionContext {
  /** The open project. Reading it when none is open throws ak.wwise.unavailable as Wwise does. */
  readonly project: OpenedProject;
  /** What there is with and without a project: the log, the transports, the way to other projects. */
  readonly instance: Instance;
  /** Notifies the subscribers of something that is no edit. */
  publish(event: ProjectEvent): void;
  /**
   * Gives the thread to others; to be awaited where `isTurnLong()`. Rejects with CallAbandoned when the caller has given up: then
   * the function ends, and nothing may have been changed that is not undone.
   */
  pause(): Promise<void>;
  /**
   * The same for a change that has begun: it never rejects, and short reads of others go on meanwhile, which have waited long. So
   * what they find must hold together.
   */
  giveWay(): Promise<void>;
  /** Identifies the calling session: undo groups belong to it. */
  readonly sessionId: number;
  /** URIs this engine answers, for reflection. */
  readonly functionUris: readonly string[];
  readonly topicUris: readonly string[];
}

/** One WAAPI function of the embedded engine: the file is named after the URI. Throws WaapiError, worded as Wwise words it. */
export interface WaapiFunction {
  readonly uri: string;
  run(args: JsonObject, options: JsonObject, context: FunctionContext): JsonObject | Promise<JsonObject>;
}

/** Gives a definition its type. */
export function defineFunction(definition: WaapiFunction): WaapiFunction {
  return Object.freeze(definition);
}
