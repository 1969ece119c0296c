import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import {
  type Restoring,
  type UndoKnowledge,
  type WaapiBackend,
  WaapiLinkError,
  type WaapiSubscription,
} from './backend.ts';

/** The backend in use, opened on demand and replaced after it failed; subscriptions outlive it. */
export interface Link {
  /**
   * Links opened so far, and the one to come once the last is known to be gone: what was learnt over an earlier one may no
   * longer be so.
   */
  readonly count: number;
  /** One is open, and not known to be gone. */
  readonly isOpen: boolean;
  /** The backend in use, once it is open and while it has not been given up. */
  readonly live: WaapiBackend | undefined;
  /** What the live backend knows of the undo history. */
  readonly undo: UndoKnowledge | undefined;
  /** What reverts calls of the live backend. */
  readonly restoring: Restoring | undefined;
  /** Names the link in use or being opened: a call compares it to know whether its own link is still the current one. */
  readonly generation: number;
  /**
   * The live backend, freshly opened when there is none. Rejects with WaapiLinkError `sent: false`. With `since` (of
   * performance.now) nothing is opened when that has failed after it: who waited since then need not wait for it again.
   */
  backend(since?: number): Promise<WaapiBackend>;
  /** Gives the backend up: the next call opens a fresh one. */
  drop(): void;
  subscribe(
    topic: string,
    options: JsonObject,
    onEvent: (payload: JsonObject) => void,
  ): Promise<WaapiSubscription>;
  close(): Promise<void>;
}

export interface LinkParts {
  /** How long Wwise may take to confirm a subscription, in milliseconds. */
  readonly subscribeLimitMs: number;
  readonly log: Log;
}

/** Wwise did not confirm a subscription in time: whether it holds is not known. */
export class LateSubscription extends WaapiLinkError {}

export function createLink(open: () => Promise<WaapiBackend>, { subscribeLimitMs, log }: LinkParts): Link {
  const subscriptions = new Set<Subscribed>();
  let opening: Promise<WaapiBackend> | undefined;
  let closed = false;
  let openedCount = 0;
  let live: WaapiBackend | undefined;
  let generation = 0;
  let failed: { readonly error: WaapiLinkError; readonly atMs: number } | undefined;

  /** A Wwise that was there a moment ago may be restarting its server: it is given a little time. */
  const openPatiently = async (): Promise<WaapiBackend> => {
    const pauses = openedCount === 0 ? [] : reopenPausesMs;
    const patientUntil = performance.now() + reopenPatienceMs;
    for (const pauseMs of pauses) {
      try {
        return await open();
      } catch (error) {
        if (!(error instanceof WaapiLinkError) || closed || performance.now() + pauseMs > patientUntil)
          throw error;
        log.debug({ reason: error.message }, 'reopening the link failed: trying again');
      }
      await delay(pauseMs);
    }
    return open();
  };

  const openFresh = async (): Promise<WaapiBackend> => {
    let backend: WaapiBackend;
    try {
      backend = await openPatiently();
    } catch (error) {
      if (error instanceof WaapiLinkError) failed = { error, atMs: performance.now() };
      throw error;
    }
    openedCount += 1;
    for (const subscribed of subscriptions) await renew(subscribed, backend, subscribeLimitMs, log);
    return backend;
  };

  const drop = (): void => {
    const dropped = opening;
    opening = undefined;
    live = undefined;
    dropped?.then((backend) => backend.close()).catch(() => {});
  };

  const backend = (since?: number): Promise<WaapiBackend> => {
    if (closed) return Promise.reject(new WaapiLinkError('The connection was closed.', false));
    if (opening === undefined && since !== undefined && failed !== undefined && since < failed.atMs)
      return Promise.reject(failed.error);
    if (opening === undefined) generation += 1;
    const current = opening ?? openFresh();
    opening = current;
    current.then(
      (opened) => {
        if (opening === current) live = opened;
      },
      () => {
        if (opening === current) opening = undefined;
      },
    );
    return current;
  };

  const isOpen = (): boolean => live !== undefined && live.isOpen !== false;
  return {
    get count() {
      const isGone = openedCount > 0 && !isOpen();
      return isGone ? openedCount + 1 : openedCount;
    },
    get isOpen() {
      return isOpen();
    },
    get live() {
      return live;
    },
    get undo() {
      return live?.undo;
    },
    get restoring() {
      return live?.restoring;
    },
    get generation() {
      return generation;
    },
    backend,
    drop,
    async subscribe(topic, options, onEvent) {
      const subscribed: Subscribed = {
        topic,
        options,
        onEvent: guarded(onEvent, topic, log),
        current: undefined,
      };
      subscribed.current = await subscribeInTime(subscribed, await backend(), subscribeLimitMs);
      subscriptions.add(subscribed);
      return {
        async unsubscribe() {
          if (!subscriptions.delete(subscribed)) return;
          // Without the link the subscription is gone already; without an answer its events go nowhere.
          const leaving = subscribed.current
            ?.unsubscribe()
            .catch((error: unknown) => log.debug({ topic, error }, 'unsubscribing'));
          if (leaving !== undefined) await inTime(leaving, Math.min(subscribeLimitMs, unsubscribeLimitMs));
        },
      };
    },
    async close() {
      closed = true;
      subscriptions.clear();
      const last = opening;
      opening = undefined;
      live = undefined;
      await last?.then((open) => open.close()).catch(() => {});
    },
  };
}

const reopenPausesMs = [100, 200, 400];
const reopenPatienceMs = 900;
const unsubscribeLimitMs = 1000;

interface Subscribed {
  readonly topic: string;
  readonly options: JsonObject;
  readonly onEvent: (payload: JsonObject) => void;
  current: WaapiSubscription | undefined;
}

/** A subscription a fresh Wwise refuses (its object is gone, say) stays silent; the call that reopened the link goes on. */
async function renew(
  subscribed: Subscribed,
  backend: WaapiBackend,
  limitMs: number,
  log: Log,
): Promise<void> {
  try {
    subscribed.current = await subscribeInTime(subscribed, backend, limitMs);
  } catch (error) {
    if (error instanceof WaapiLinkError) throw error;
    subscribed.current = undefined;
    log.warn({ topic: subscribed.topic, error }, 'Wwise refused to renew a subscription');
  }
}

async function subscribeInTime(
  { topic, options, onEvent }: Subscribed,
  backend: WaapiBackend,
  limitMs: number,
): Promise<WaapiSubscription> {
  const subscription = await inTime(backend.subscribe(topic, options, onEvent), limitMs);
  if (subscription !== late) return subscription;
  throw new LateSubscription(`Wwise did not confirm the subscription to ${topic} in time.`, true);
}

const late = Symbol('late');

/** The answer, or `late`; what comes after that is left alone. */
async function inTime<T>(answer: Promise<T>, limitMs: number): Promise<T | typeof late> {
  const stop = new AbortController();
  answer.catch(() => {});
  try {
    return await Promise.race([answer, delay(limitMs, late, { signal: stop.signal, ref: true })]);
  } finally {
    stop.abort();
  }
}

/** A subscriber that throws must not take the connection with it. */
function guarded(
  onEvent: (payload: JsonObject) => void,
  topic: string,
  log: Log,
): (payload: JsonObject) => void {
  return (payload) => {
    try {
      onEvent(payload);
    } catch (error) {
      log.error({ topic, error }, 'a subscriber failed');
    }
  };
}
