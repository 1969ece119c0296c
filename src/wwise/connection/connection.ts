import { setTimeout as delay } from 'node:timers/promises';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { inSpan } from '../../core/tracing.ts';
import { CallAbandoned, type Restoring, type WaapiBackend, WaapiError, WaapiLinkError } from './backend.ts';
import {
  cancelled,
  linkReplaced,
  outcomeUnknown,
  queueFull,
  stillBusy,
  stoppedInTime,
  timedOut,
  unavailable,
} from './call-errors.ts';
import { createCallQueue, LeftQueue, QueueFull, type QueueOptions } from './call-queue.ts';
import { createLink, LateSubscription, type Link } from './link.ts';
import { mapWaapiError } from './map-error.ts';
import { onlyReads } from './reading-functions.ts';
import { timeLimitMs } from './time-limits.ts';
import type { CallControl, ReadBehind, Waapi } from './waapi.ts';

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
  /** Calls that may wait or run at once; more are refused. Default 1,000. */
  readonly maxQueueLength?: number | undefined;
}

/**
 * The one queued connection to Wwise. A call that changes something goes out alone, reads between two of those go out
 * together; order is kept. Nothing is opened before the first call.
 * A call that changes something is sent at most once: when its answer is lost the error is OUTCOME_UNKNOWN.
 */
export function createConnection(options: ConnectionOptions): Waapi {
  const { address, log, timeLimitsMs, lockedPatienceMs = 10_000 } = options;
  const queue = createCallQueue({ maxLength: options.maxQueueLength ?? 1000, maxReads: 16 });
  const subscribeLimitMs = timeLimitMs('subscribe', timeLimitsMs);
  const link = createLink(options.open, { subscribeLimitMs, log });
  let callCount = 0;
  let lateReads = 0;
  const unanswered = new Set<Unanswered>();

  /** A place in the queue; a full queue and a caller who left become errors an agent can act on. */
  const enqueue = async <T>(
    what: string,
    kind: 'read' | 'write',
    options: QueueOptions,
    task: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await queue.run(kind, task, options);
    } catch (error) {
      if (error instanceof LeftQueue) throw cancelled(what, false);
      if (error instanceof QueueFull) throw queueFull(what, queue.length);
      throw toWwiseFlowError(error);
    }
  };

  /** Sends once over the live backend. Rejects with WaapiError, WaapiLinkError or the error of an abandoned call. */
  const sendOnce = async (call: Call): Promise<JsonObject> => {
    const backend = openNow(link, call) ?? (await openBackend(link, call, address));
    const { link: wanted } = call.control;
    if (wanted !== undefined && wanted !== link.count) throw linkReplaced(call.uri);
    call.sentOver = link.generation;
    const nobodyWaits = backend.obeysSignal === true ? new AbortController() : undefined;
    const { onKept } = call.control;
    const answer = backend.call(call.uri, call.args, call.options, nobodyWaits?.signal, onKept);
    if (call.control.readBehind !== undefined) sendBehind(call.control.readBehind, backend, call);
    const settled = answer.then(
      () => {},
      () => {},
    );
    const current: Unanswered = { uri: call.uri, settled };
    unanswered.add(current);
    settled.then(() => unanswered.delete(current));
    const end = await firstOf(answer, call.limitMs, call.control.signal);
    if (end.kind === 'answer') {
      lateReads = 0;
      return end.value;
    }
    nobodyWaits?.abort();
    if (backend.obeysSignal === true) {
      const last = await lastWord(answer);
      if (last.kind === 'answer') return last.value;
      if (last.kind === 'aborted')
        throw end.kind === 'late' ? stoppedInTime(call.uri, call.limitMs) : cancelled(call.uri, true);
    }
    if (end.kind === 'late' && onlyReads(call.uri)) giveUpSilentLink(call);
    if (onlyReads(call.uri))
      throw end.kind === 'late' ? timedOut(call.uri, call.limitMs) : cancelled(call.uri, true);
    const reason = end.kind === 'late' ? `none within ${call.limitMs} ms.` : 'the caller cancelled.';
    throw outcomeUnknown(call.uri, call.args, reason);
  };

  const sendBehind = (behind: ReadBehind, backend: WaapiBackend, { limitMs, control }: Call): void => {
    if (backend.keepsOrder !== true) return;
    callCount += 1;
    const answer = backend.call('ak.wwise.core.object.get', { waql: behind.waql }, behind.options);
    behind.onSent(
      firstOf(answer, limitMs, control.signal).then(
        (end) => (end.kind === 'answer' ? end.value : undefined),
        () => undefined,
      ),
    );
  };

  /** One slow read may be the read's fault; several in a row without any answer between them are the link's. */
  const giveUpSilentLink = (call: Call): void => {
    lateReads += 1;
    if (lateReads < mostLateReads || call.sentOver !== link.generation) return;
    log.warn({ address }, 'nothing is answered any more: opening a fresh link');
    lateReads = 0;
    link.drop();
  };

  /** Waits for calls that were given up on: a changing call overlaps nothing even then. */
  const waitForEarlier = async (call: Call): Promise<void> => {
    for (const earlier of [...unanswered]) {
      if (onlyReads(call.uri) && onlyReads(earlier.uri)) continue;
      const end = await firstOf(earlier.settled, call.limitMs, call.control.signal);
      if (end.kind === 'aborted') throw cancelled(call.uri, false);
      if (end.kind === 'answer') continue;
      log.warn({ procedure: earlier.uri }, 'an earlier call is never answered: opening a fresh link');
      unanswered.delete(earlier);
      link.drop();
      if (!onlyReads(earlier.uri)) throw stillBusy(call.uri, earlier.uri, call.limitMs);
    }
  };

  /** Goes on after a link failure where that is safe: nothing was sent, or the call only reads. */
  const sendSafely = async (call: Call): Promise<JsonObject> => {
    for (let again = false; ; again = true) {
      try {
        return await sendOnce(call);
      } catch (error) {
        if (!(error instanceof WaapiLinkError)) throw error;
        // Reads in flight together fail together; only the first may drop the link, or it would drop the others' fresh one.
        if (call.sentOver === link.generation) link.drop();
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
      return link.count;
    },
    get isLinked() {
      return link.isOpen;
    },
    get queueLength() {
      return queue.length;
    },
    get undo() {
      return link.undo;
    },
    get restoring() {
      const { restoring } = link;
      if (restoring === undefined) return undefined;
      return {
        restore: (steps: readonly JsonObject[]) =>
          enqueue('restoring', 'write', {}, () => restoring.restore(steps)),
        isBack: (...asked: Parameters<Restoring['isBack']>) =>
          enqueue('restoring', 'read', {}, () => restoring.isBack(...asked)),
        tookObjects: restoring.tookObjects,
        touched: restoring.touched,
      };
    },
    call(uri, args = {}, callOptions = {}, control = {}) {
      const limitMs = control.timeoutMs ?? timeLimitMs(uri, timeLimitsMs);
      const queuedAtMs = performance.now();
      const call: Call = { uri, args, options: callOptions, control, limitMs, queuedAtMs, sentOver: 0 };
      const { signal, priority } = control;
      const kind = onlyReads(uri) ? 'read' : 'write';
      const sent = () => enqueue(uri, kind, { signal, priority }, () => sendPatiently(call));
      return inSpan(uri, { 'rpc.system': 'waapi', 'rpc.method': uri }, sent, { kind: 'client' });
    },
    subscribe(topic, topicOptions, onEvent) {
      return enqueue(topic, 'write', {}, async () => {
        for (let again = false; ; again = true) {
          try {
            return await link.subscribe(topic, topicOptions, onEvent);
          } catch (error) {
            if (error instanceof WaapiError) throw mapWaapiError(error, topic);
            if (!(error instanceof WaapiLinkError)) throw error;
            link.drop();
            if (error instanceof LateSubscription) throw timedOut(topic, subscribeLimitMs);
            if (again) throw unavailable(address, error.message, error);
          }
        }
      });
    },
    close: () => link.close(),
  };
}

/** Reads in a row without an answer after which the link is given up. */
const mostLateReads = 3;

interface Call {
  readonly uri: string;
  readonly args: JsonObject;
  readonly options: JsonObject;
  readonly control: CallControl;
  readonly limitMs: number;
  readonly queuedAtMs: number;
  /** The link it went out over last, as counted by the link. */
  sentOver: number;
}

/** A call that was sent; `settled` resolves when its answer arrives or its link ends. */
interface Unanswered {
  readonly uri: string;
  readonly settled: Promise<void>;
}

/** The live backend, where nothing has to be waited for. */
function openNow({ live }: Link, { control }: Call): WaapiBackend | undefined {
  return control.signal?.aborted === true ? undefined : live;
}

async function openBackend(link: Link, call: Call, address: string): Promise<WaapiBackend> {
  const { signal } = call.control;
  try {
    const end = await firstOf(link.backend(call.queuedAtMs), undefined, signal);
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

/** What becomes of a call that was stopped: its answer after all, `aborted` when it changed nothing, `late` while it goes on. */
async function lastWord<T>(answer: Promise<T>): Promise<End<T>> {
  try {
    return await firstOf(answer, stopLimitMs);
  } catch (error) {
    if (error instanceof CallAbandoned) return { kind: 'aborted' };
    throw error;
  }
}

/** Far longer than one turn; what has begun to change something goes on beyond it. */
const stopLimitMs = 1_000;

async function pause(pauseMs: number, call: Call): Promise<void> {
  try {
    await delay(pauseMs, undefined, call.control.signal === undefined ? {} : { signal: call.control.signal });
  } catch {
    throw cancelled(call.uri, false);
  }
}
