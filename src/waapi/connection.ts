import { setTimeout as delay } from 'node:timers/promises';
import PQueue from 'p-queue';
import { toWwiseFlowError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Log } from '../base/log.ts';
import { type WaapiBackend, WaapiError, WaapiLinkError } from './backend.ts';
import { cancelled, outcomeUnknown, stillBusy, timedOut, unavailable } from './call-errors.ts';
import { createLink, type Link } from './link.ts';
import { mapWaapiError } from './map-error.ts';
import { onlyReads } from './reading-functions.ts';
import { timeLimitMs } from './time-limits.ts';
import type { CallControl, Waapi } from './waapi.ts';

export interface ConnectionOptions {
  /** Opens a fresh backend; called for the first call and after a link failed. */
  readonly open: () => Promise<WaapiBackend>;
  /** Where the connection leads, for messages. */
  readonly address: string;
  readonly log: Log;
  /** Time limits by function, in milliseconds, over those of time-limits.ts. */
  readonly timeLimitsMs?: Readonly<Record<string, number>> | undefined;
  /** How long a call is repeated while Wwise says it is locked. Default 10,000. */
  readonly lockedPatienceMs?: number | undefined;
}

/**
 * The one queued connection to Wwise. Calls go out one at a time in order; nothing is opened before the first call.
 * A call that changes something is sent at most once: when its answer is lost the error is OUTCOME_UNKNOWN.
 */
export function createConnection(options: ConnectionOptions): Waapi {
  const { address, log, timeLimitsMs, lockedPatienceMs = 10_000 } = options;
  const queue = new PQueue({ concurrency: 1 });
  const link = createLink(options.open, log);
  let callCount = 0;
  let unanswered: Unanswered | undefined;

  /** The queue's own signal would give up a running task; a call that was sent must first learn its fate. */
  const enqueue = async <T>(
    what: string,
    signal: AbortSignal | undefined,
    task: () => Promise<T>,
  ): Promise<T> => {
    if (signal?.aborted === true) throw cancelled(what, false);
    const leaving = new AbortController();
    const leave = () => leaving.abort();
    const stay = () => signal?.removeEventListener('abort', leave);
    signal?.addEventListener('abort', leave, { once: true });
    const start = () => {
      stay();
      return task();
    };
    try {
      return await queue.add(start, { signal: leaving.signal });
    } catch (error) {
      throw leaving.signal.aborted ? cancelled(what, false) : toWwiseFlowError(error);
    } finally {
      stay();
    }
  };

  /** Sends once over the live backend. Rejects with WaapiError, WaapiLinkError or the error of an abandoned call. */
  const sendOnce = async (call: Call): Promise<JsonObject> => {
    const backend = await openBackend(link, call, address);
    const answer = backend.call(call.uri, call.args, call.options);
    const settled = answer.then(
      () => {},
      () => {},
    );
    const current: Unanswered = { uri: call.uri, settled };
    unanswered = current;
    settled.then(() => {
      if (unanswered === current) unanswered = undefined;
    });
    const end = await firstOf(answer, call.limitMs, call.control.signal);
    if (end.kind === 'answer') return end.value;
    if (onlyReads(call.uri))
      throw end.kind === 'late' ? timedOut(call.uri, call.limitMs) : cancelled(call.uri, true);
    const reason = end.kind === 'late' ? `none within ${call.limitMs} ms.` : 'the caller cancelled.';
    throw outcomeUnknown(call.uri, call.args, reason);
  };

  /** Waits for a call that was given up on: changing calls must not overlap even then. */
  const waitForEarlier = async (call: Call): Promise<void> => {
    const earlier = unanswered;
    if (earlier === undefined) return;
    const end = await firstOf(earlier.settled, call.limitMs, call.control.signal);
    if (end.kind === 'aborted') throw cancelled(call.uri, false);
    if (end.kind === 'answer') return;
    log.warn({ procedure: earlier.uri }, 'an earlier call is never answered: opening a fresh link');
    unanswered = undefined;
    link.drop();
    if (!onlyReads(earlier.uri)) throw stillBusy(call.uri, earlier.uri, call.limitMs);
  };

  /** Goes on after a link failure where that is safe: nothing was sent, or the call only reads. */
  const sendSafely = async (call: Call): Promise<JsonObject> => {
    for (let again = false; ; again = true) {
      try {
        return await sendOnce(call);
      } catch (error) {
        if (!(error instanceof WaapiLinkError)) throw error;
        link.drop();
        if (error.sent && !onlyReads(call.uri))
          throw outcomeUnknown(call.uri, call.args, error.message, error);
        if (again) throw unavailable(address, error.message, error);
        log.info({ procedure: call.uri, reason: error.message }, 'the link failed: opening a fresh one');
      }
    }
  };

  const sendPatiently = async (call: Call): Promise<JsonObject> => {
    await waitForEarlier(call);
    callCount += 1;
    const patientUntil = Date.now() + lockedPatienceMs;
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 2000)) {
      try {
        return await sendSafely(call);
      } catch (error) {
        if (!(error instanceof WaapiError)) throw error;
        const patient = error.uri === 'ak.wwise.locked' && Date.now() + pauseMs <= patientUntil;
        if (!patient) throw mapWaapiError(error, call.uri);
      }
      await pause(pauseMs, call);
    }
  };

  return {
    address,
    get callCount() {
      return callCount;
    },
    get linkCount() {
      return link.openedCount;
    },
    call(uri, args = {}, callOptions = {}, control = {}) {
      const limitMs = control.timeoutMs ?? timeLimitMs(uri, timeLimitsMs);
      const call: Call = { uri, args, options: callOptions, control, limitMs };
      return enqueue(uri, control.signal, () => sendPatiently(call));
    },
    subscribe(topic, topicOptions, onEvent) {
      return enqueue(topic, undefined, async () => {
        for (let again = false; ; again = true) {
          try {
            return await link.subscribe(topic, topicOptions, onEvent);
          } catch (error) {
            if (error instanceof WaapiError) throw mapWaapiError(error, topic);
            if (!(error instanceof WaapiLinkError)) throw error;
            link.drop();
            if (again) throw unavailable(address, error.message, error);
          }
        }
      });
    },
    close: () => link.close(),
  };
}

interface Call {
  readonly uri: string;
  readonly args: JsonObject;
  readonly options: JsonObject;
  readonly control: CallControl;
  readonly limitMs: number;
}

/** A call that was sent; `settled` resolves when its answer arrives or its link ends. */
interface Unanswered {
  readonly uri: string;
  readonly settled: Promise<void>;
}

async function openBackend(link: Link, call: Call, address: string): Promise<WaapiBackend> {
  const { signal } = call.control;
  try {
    const end = await firstOf(link.backend(), undefined, signal);
    if (end.kind === 'answer') return end.value;
  } catch (error) {
    if (!(error instanceof WaapiLinkError)) throw error;
    throw unavailable(address, error.message, error);
  }
  throw cancelled(call.uri, false);
}

type End<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'late' }
  | { readonly kind: 'aborted' };

/** Whatever comes first: the answer (or its rejection), the time limit, the abort. */
async function firstOf<T>(
  answer: Promise<T>,
  limitMs: number | undefined,
  signal?: AbortSignal,
): Promise<End<T>> {
  return await new Promise<End<T>>((resolve, reject) => {
    const timer = limitMs === undefined ? undefined : setTimeout(() => finish({ kind: 'late' }), limitMs);
    const abort = () => finish({ kind: 'aborted' });
    const release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const finish = (end: End<T>) => {
      release();
      resolve(end);
    };
    answer.then(
      (value) => finish({ kind: 'answer', value }),
      (error) => {
        release();
        reject(error);
      },
    );
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) abort();
  });
}

async function pause(pauseMs: number, call: Call): Promise<void> {
  try {
    await delay(pauseMs, undefined, call.control.signal === undefined ? {} : { signal: call.control.signal });
  } catch {
    throw cancelled(call.uri, false);
  }
}
