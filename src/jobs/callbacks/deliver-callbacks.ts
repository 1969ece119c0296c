import { callbackHeaders } from '../../core/callbacks/sign-callback.ts';
import { toWwiseFlowError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { CallbackDelivery, CallbackRecord, CallbackStore } from '../../core/stores/callback-store.ts';
import type { JobFailures } from '../../core/stores/job-store.ts';
import type { RunHead } from '../../core/stores/run-store.ts';

export interface CallbackParts {
  readonly store: CallbackStore;
  /** The secret of a workspace by its name. Throws where there is none. */
  secretOf(workspace: string, name: string): string;
  /** A run of a workspace; undefined: it is not there any more. */
  runOf(workspace: string, executionId: string): Promise<CallbackRun | undefined>;
  /** Of each workspace the jobs of the last hour; left out: there are no workers. */
  readonly failures?: (() => Promise<readonly JobFailures[]>) | undefined;
  /** From which share of them on somebody should look, 0 to 1; null: never. */
  readonly failureRatio?: number | null | undefined;
  readonly log: Log;
  /** How often it looks, in milliseconds. */
  readonly everyMs?: number;
}

/** What is said of a run. */
export type CallbackRun = Pick<RunHead, 'workflowId' | 'name' | 'state' | 'code' | 'error' | 'waiting'>;

/**
 * Notifies addresses of runs that ended or wait, each at least once: signed, and again after a while where it is not taken. Several
 * processes may do so; one takes what is due. What ended while none was there is said by the next, for a day.
 */
export function deliverCallbacks({
  store,
  secretOf,
  runOf,
  failures = async () => [],
  failureRatio = 0.5,
  log,
  everyMs = 2_000,
}: CallbackParts): {
  close(): Promise<void>;
} {
  const ending = new AbortController();
  let gatheredAtMs: number | undefined;
  let forgetAtMs = 0;

  const look = async (): Promise<void> => {
    const nowMs = Date.now();
    if (performance.now() >= forgetAtMs) {
      // Also what a slower clock, or a process that was killed, left out before.
      gatheredAtMs = nowMs - DAY_MS;
      forgetAtMs = performance.now() + DAY_MS / 24;
      await store.forgetBefore(nowMs - KEPT_MS);
    }
    const callbacks = new Map((await store.list(null)).map((callback) => [callback.id, callback]));
    const sinceMs = (gatheredAtMs ?? nowMs - DAY_MS) - CLOCK_SLACK_MS;
    for (const workspace of new Set([...callbacks.values()].map((one) => one.workspace)))
      await store.gather(workspace, sinceMs, nowMs);
    gatheredAtMs = nowMs;
    if ([...callbacks.values()].some(({ events }) => events.includes('jobs.failing'))) await raise(nowMs);
    const due = callbacks.size === 0 ? [] : await store.take(MOST_AT_ONCE, nowMs, LONGEST_MS * 2);
    await Promise.all(due.map((delivery) => deliver(delivery, callbacks.get(delivery.callbackId))));
    if (due.length === MOST_AT_ONCE && !ending.signal.aborted) await look();
  };

  /** Once an hour for each workspace, however many servers look. */
  const raise = async (nowMs: number): Promise<void> => {
    for (const { workspace, ended, failed } of await failures()) {
      if (failureRatio === null || ended === 0 || failed / ended <= failureRatio) continue;
      await store.raise(workspace, 'jobs.failing', String(Math.floor(nowMs / HOUR_MS)), nowMs);
    }
  };

  const deliver = async (delivery: CallbackDelivery, callback: CallbackRecord | undefined): Promise<void> => {
    const { executionId, event, attempts } = delivery;
    const sent =
      callback === undefined
        ? { outcome: 'its callback was removed', isTaken: false, isFinal: true }
        : await send(delivery, callback);
    if (sent === undefined) return;
    const pauseMs = PAUSES_MS[attempts - 1];
    const isOver = sent.isFinal || pauseMs === undefined;
    const state = sent.isTaken ? 'done' : isOver ? 'dead' : 'waiting';
    const nextAtMs = Date.now() + Math.max(pauseMs ?? 0, sent.retryAfterMs ?? 0);
    await store.settle(delivery, { state, nextAtMs, outcome: sent.outcome });
    const facts = { callback: delivery.callbackId, executionId, event, attempts, outcome: sent.outcome };
    if (state === 'dead') log.warn(facts, 'callback.dead');
    else log.info(facts, state === 'done' ? 'callback.delivered' : 'callback.retried');
  };

  /** Undefined: this process ends, so that another one sends it. */
  const send = async (delivery: CallbackDelivery, callback: CallbackRecord): Promise<Sent | undefined> => {
    try {
      const { url, workspace, secretName } = callback;
      const body = await bodyOf(delivery, workspace);
      const { callbackId, executionId, event, moment } = delivery;
      const id = `${callbackId}.${executionId}.${event}.${moment}`;
      const response = await fetch(url, {
        ...{ method: 'POST', body, redirect: 'manual' },
        headers: callbackHeaders(id, body, secretOf(workspace, secretName), Date.now()),
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(LONGEST_MS)]),
      });
      await response.body?.cancel();
      const { status } = response;
      const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
      return {
        ...{ outcome: `HTTP ${status}`, isTaken: status >= 200 && status < 300 },
        // Gone: whoever had this address wants no more.
        ...{ isFinal: status === 410, retryAfterMs: Math.min(retryAfterMs, DAY_MS) },
      };
    } catch (thrown) {
      if (ending.signal.aborted) return undefined;
      const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
      return { outcome: toWwiseFlowError(cause).message.slice(0, 300), isTaken: false, isFinal: false };
    }
  };

  const bodyOf = async ({ executionId, event }: CallbackDelivery, workspace: string): Promise<string> => {
    if (event === 'jobs.failing') {
      const none = { workspace, ended: 0, failed: 0 };
      const data = (await failures()).find((one) => one.workspace === workspace) ?? none;
      return JSON.stringify({ type: event, timestamp: new Date().toISOString(), data });
    }
    const run = await runOf(workspace, executionId);
    const { workflowId, name, state, code, error, waiting } = run ?? {};
    const data = { executionId, workspace, workflowId, name, state, code, error, waiting };
    return JSON.stringify({ type: event, timestamp: new Date().toISOString(), data });
  };

  const safely = (): Promise<void> =>
    look().catch((reason: unknown) => log.warn({ reason: String(reason) }, 'callbacks.unavailable'));
  let looking = safely();
  let timer = setTimeout(again, everyMs);
  function again(): void {
    looking = safely().finally(() => {
      if (!ending.signal.aborted) timer = setTimeout(again, everyMs).unref();
    });
  }
  timer.unref();
  return {
    close: async () => {
      ending.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}

interface Sent {
  readonly outcome: string;
  readonly isTaken: boolean;
  /** It is of no use to send it again. */
  readonly isFinal: boolean;
  /** What the other side asked for. */
  readonly retryAfterMs?: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** 90 days. */
const KEPT_MS = 90 * DAY_MS;
/** Clocks of machines differ. */
const CLOCK_SLACK_MS = 120_000;
const MOST_AT_ONCE = 20;
/** So long an address may take to answer. */
const LONGEST_MS = 10_000;
/** What is waited for after each attempt; after the last one it is dead. */
const PAUSES_MS = [5_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000];
