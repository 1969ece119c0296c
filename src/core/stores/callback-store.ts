/** What is said to whom has a callback: a run has ended, or waits for an answer; most jobs of the last hour failed. */
export const callbackEvents = ['run.ended', 'run.waiting', 'jobs.failing'] as const;

export type CallbackEvent = (typeof callbackEvents)[number];

/** An address that is notified of the runs of a workspace. */
export interface CallbackRecord {
  readonly id: string;
  readonly name: string | null;
  readonly workspace: string;
  readonly url: string;
  /** Of what it is notified. */
  readonly events: readonly CallbackEvent[];
  /** The name of the secret with which what is sent is signed; the secret itself is not kept. */
  readonly secretName: string;
  readonly createdAtMs: number;
}

/** `waiting`: to be sent. `dead`: it was not taken, and is not sent again by itself. */
export type DeliveryState = 'waiting' | 'done' | 'dead';

/** Something to be said to an address, once. */
export interface CallbackDelivery {
  readonly callbackId: string;
  /** Empty for what is about no single run. */
  readonly executionId: string;
  readonly event: CallbackEvent;
  /** Which of several waits of a run, or which hour. */
  readonly moment: string;
  readonly state: DeliveryState;
  /** How often it was sent. */
  readonly attempts: number;
  /** When it is sent next, in milliseconds since 1970. */
  readonly nextAtMs: number;
  readonly createdAtMs: number;
  /** What came of the last attempt, in words; null before. */
  readonly outcome: string | null;
}

export type DeliveryKey = Pick<CallbackDelivery, 'callbackId' | 'executionId' | 'event' | 'moment'>;

/** What a list of callbacks can be ordered by. */
export const callbackOrders = ['createdAtMs', 'name', 'url'] as const;

/** The callbacks of every workspace, and what is to be said to them. Power-safe. */
export interface CallbackStore {
  add(callback: CallbackRecord): Promise<void>;
  /** The oldest first; of one workspace, or of all (null). */
  list(workspace: string | null): Promise<readonly CallbackRecord[]>;
  /** Removes it with its deliveries. False when that workspace, or any (null), has none of this id. */
  remove(id: string, workspace: string | null): Promise<boolean>;
  /**
   * Keeps what is to be said of the runs of a workspace that ended since that moment, or wait, unless it is kept already; nothing of
   * what was before a callback.
   */
  gather(workspace: string, endedSinceMs: number, nowMs: number): Promise<void>;
  /** Keeps what is to be said of a workspace as a whole, once for each moment. */
  raise(workspace: string, event: 'jobs.failing', moment: string, nowMs: number): Promise<void>;
  /** Gives what is due to one who sends it; to nobody else for so long. */
  take(limit: number, nowMs: number, forMs: number): Promise<readonly CallbackDelivery[]>;
  /** Records what came of an attempt. */
  settle(
    delivery: DeliveryKey,
    outcome: Pick<CallbackDelivery, 'state' | 'nextAtMs' | 'outcome'>,
  ): Promise<void>;
  /** What was said to one, and is to be, the newest first. */
  deliveries(callbackId: string, limit: number): Promise<readonly CallbackDelivery[]>;
  /** Has what is dead of one sent again; gives the number. */
  retry(callbackId: string, nowMs: number): Promise<number>;
  /** Forgets deliveries from before this moment; gives their number. */
  forgetBefore(createdAtMs: number): Promise<number>;
  close(): Promise<void>;
}
