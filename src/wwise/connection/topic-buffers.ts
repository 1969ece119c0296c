import { howManyFit } from '../../core/answers/budget.ts';
import { type CursorScope, readCursor, writeCursor } from '../../core/answers/cursor.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { WaapiSubscription } from './backend.ts';
import type { Waapi } from './waapi.ts';

/** An event as it waits to be fetched. */
export interface TopicEvent {
  /** Counts from 1 per subscription; a gap shows what was dropped. */
  readonly number: number;
  readonly atMs: number;
  readonly payload: JsonObject;
}

export interface Taken {
  readonly topic: string;
  readonly events: readonly TopicEvent[];
  /** Events still waiting. */
  readonly waiting: number;
  /** Goes on behind the last event handed out. */
  readonly cursor: string;
  /** Events lost since the last fetch, because the buffer was full. The oldest go first. */
  readonly dropped: number;
}

export interface EventsWanted {
  readonly limit: number;
  readonly waitMs: number;
  readonly cursor?: string | undefined;
}

/** Subscriptions to WAAPI topics that outlive the command that made them. */
export interface TopicBuffers {
  /** Rejects like Waapi, and with INVALID_INPUT when too many are open. Resolves to the name of the subscription. */
  open(topic: string, options: JsonObject, capacity: number): Promise<string>;
  /**
   * Waits at most `waitMs` for a first event, then takes up to `limit`. The cursor of the answer before goes on, as none
   * does; the one before that gives the last answer again, should it have been lost. Throws INVALID_INPUT for an unknown
   * name and for a cursor whose events are no longer kept.
   */
  take(name: string, wanted: EventsWanted, signal: AbortSignal): Promise<Taken>;
  /** Ends the subscription; gives how many events nobody fetched. */
  close(name: string): Promise<number>;
}

/** More would mean that somebody forgets to unsubscribe. */
const mostSubscriptions = 32;

interface Buffer {
  readonly topic: string;
  readonly events: TopicEvent[];
  /** The last answer, and the number of the last event before it. */
  handed: readonly TopicEvent[];
  handedAfter: number;
  seen: number;
  dropped: number;
  wake: () => void;
  subscription: WaapiSubscription | undefined;
}

/** Buffers over this connection, which closes the subscriptions when it ends and makes them again when the link breaks. */
export function createTopicBuffers(waapi: Pick<Waapi, 'subscribe'>): TopicBuffers {
  const buffers = new Map<string, Buffer>();
  let opened = 0;

  const bufferOf = (name: string): Buffer => {
    const buffer = buffers.get(name);
    if (buffer !== undefined) return buffer;
    const open = [...buffers].map(([known, { topic }]) => ({ subscription: known, topic }));
    throw new WwiseFlowError('INVALID_INPUT', `There is no subscription "${name}".`, {
      hint: 'Use one of details.open, or subscribe first.',
      details: {
        subscription: name,
        candidates: nearest(
          name,
          open.map(({ subscription }) => subscription),
        ),
        open,
      },
    });
  };

  return {
    async open(topic, options, capacity) {
      if (buffers.size >= mostSubscriptions) {
        throw new WwiseFlowError('INVALID_INPUT', `${mostSubscriptions} subscriptions are open already.`, {
          hint: 'End one with waapi_unsubscribe.',
          details: { open: [...buffers.keys()] },
        });
      }
      opened += 1;
      const name = `sub${opened}`;
      const buffer: Buffer = {
        topic,
        events: [],
        handed: [],
        handedAfter: 0,
        seen: 0,
        dropped: 0,
        wake: () => {},
        subscription: undefined,
      };
      buffers.set(name, buffer);
      try {
        buffer.subscription = await waapi.subscribe(topic, options, (payload) => {
          buffer.seen += 1;
          buffer.events.push({ number: buffer.seen, atMs: Date.now(), payload });
          if (buffer.events.length > capacity) {
            buffer.events.shift();
            buffer.dropped += 1;
          }
          buffer.wake();
        });
      } catch (thrown) {
        buffers.delete(name);
        throw thrown;
      }
      return name;
    },
    async take(name, { limit, waitMs, cursor }, signal) {
      const buffer = bufferOf(name);
      goOnFrom(cursor, name, buffer);
      if (buffer.events.length === 0 && waitMs > 0) await firstEvent(buffer, waitMs, signal);
      const events = buffer.events.splice(0, howManyFit(buffer.events.slice(0, limit)));
      buffer.handed = events;
      const { dropped } = buffer;
      buffer.dropped = 0;
      return {
        topic: buffer.topic,
        events,
        waiting: buffer.events.length,
        cursor: writeCursor(scopeOf(name), lastHanded(buffer)),
        dropped,
      };
    },
    async close(name) {
      const buffer = bufferOf(name);
      buffers.delete(name);
      buffer.wake();
      await buffer.subscription?.unsubscribe();
      return buffer.events.length;
    },
  };
}

/** Lets the last answer go, or puts what came after the cursor back to be handed out again. */
function goOnFrom(cursor: string | undefined, name: string, buffer: Buffer): void {
  const last = lastHanded(buffer);
  const scope = scopeOf(name);
  const from = cursor === undefined ? last : Number(readCursor(scope, cursor));
  if (from < buffer.handedAfter || from > last) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The events behind the cursor "${cursor}" are no longer kept.`,
      {
        hint: 'Leave it out to go on, or give one of details.cursors: the first gives the last answer again.',
        details: {
          cursor: cursor ?? null,
          cursors: [buffer.handedAfter, last].map((number) => writeCursor(scope, number)),
        },
      },
    );
  }
  buffer.events.unshift(...buffer.handed.filter(({ number }) => number > from));
  buffer.handed = [];
  buffer.handedAfter = from;
}

function lastHanded({ handed, handedAfter }: Buffer): number {
  return handed.at(-1)?.number ?? handedAfter;
}

function scopeOf(name: string): CursorScope {
  return ['events', name];
}

function firstEvent(buffer: Buffer, waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      buffer.wake = () => {};
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    signal.addEventListener('abort', done, { once: true });
    buffer.wake = done;
    if (signal.aborted) done();
  });
}
