import { WwiseFlowError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import { nearest } from '../../base/nearest.ts';
import type { WaapiSubscription } from '../../waapi/backend.ts';
import type { Waapi } from '../../waapi/waapi.ts';
import { howManyFit } from '../answers/fitted-page.ts';

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
  /** Events lost since the last fetch, because the buffer was full. The oldest go first. */
  readonly dropped: number;
}

/** Subscriptions to WAAPI topics that outlive the command that made them. */
export interface TopicBuffers {
  /** Rejects like Waapi, and with INVALID_INPUT when too many are open. Resolves to the name of the subscription. */
  open(topic: string, options: JsonObject, capacity: number): Promise<string>;
  /** Waits at most `waitMs` for a first event, then takes up to `limit`, as many as make one answer. Throws INVALID_INPUT for an unknown name. */
  take(name: string, limit: number, waitMs: number, signal: AbortSignal): Promise<Taken>;
  /** Ends the subscription; gives how many events nobody fetched. */
  close(name: string): Promise<number>;
}

/** More would mean that somebody forgets to unsubscribe. */
const mostSubscriptions = 32;

interface Buffer {
  readonly topic: string;
  readonly events: TopicEvent[];
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
    async take(name, limit, waitMs, signal) {
      const buffer = bufferOf(name);
      if (buffer.events.length === 0 && waitMs > 0) await firstEvent(buffer, waitMs, signal);
      const events = buffer.events.splice(
        0,
        howManyFit(buffer.events.slice(0, limit).map((event) => ({ ...event }))),
      );
      const { dropped } = buffer;
      buffer.dropped = 0;
      return { topic: buffer.topic, events, waiting: buffer.events.length, dropped };
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
