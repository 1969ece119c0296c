import type { JsonObject } from '../base/json.ts';
import type { Log } from '../base/log.ts';
import { type WaapiBackend, WaapiLinkError, type WaapiSubscription } from './backend.ts';

/** The backend in use, opened on demand and replaced after it failed; subscriptions outlive it. */
export interface Link {
  /** Links opened so far: what was learnt over an earlier one may no longer be so. */
  readonly openedCount: number;
  /** Names the link in use or being opened: a call compares it to know whether its own link is still the current one. */
  readonly generation: number;
  /** The live backend, freshly opened when there is none. Rejects with WaapiLinkError `sent: false`. */
  backend(): Promise<WaapiBackend>;
  /** Gives the backend up: the next call opens a fresh one. */
  drop(): void;
  subscribe(
    topic: string,
    options: JsonObject,
    onEvent: (payload: JsonObject) => void,
  ): Promise<WaapiSubscription>;
  close(): Promise<void>;
}

export function createLink(open: () => Promise<WaapiBackend>, log: Log): Link {
  const subscriptions = new Set<Subscribed>();
  let opening: Promise<WaapiBackend> | undefined;
  let closed = false;
  let openedCount = 0;
  let generation = 0;

  const openFresh = async (): Promise<WaapiBackend> => {
    const backend = await open();
    openedCount += 1;
    for (const subscribed of subscriptions) await renew(subscribed, backend, log);
    return backend;
  };

  const drop = (): void => {
    const dropped = opening;
    opening = undefined;
    dropped?.then((backend) => backend.close()).catch(() => {});
  };

  const backend = (): Promise<WaapiBackend> => {
    if (closed) return Promise.reject(new WaapiLinkError('The connection was closed.', false));
    if (opening === undefined) generation += 1;
    const current = opening ?? openFresh();
    opening = current;
    current.catch(() => {
      if (opening === current) opening = undefined;
    });
    return current;
  };

  return {
    get openedCount() {
      return openedCount;
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
      subscribed.current = await (await backend()).subscribe(topic, options, subscribed.onEvent);
      subscriptions.add(subscribed);
      return {
        async unsubscribe() {
          if (!subscriptions.delete(subscribed)) return;
          // Without the link the subscription is gone already.
          await subscribed.current
            ?.unsubscribe()
            .catch((error: unknown) => log.debug({ topic, error }, 'unsubscribing'));
        },
      };
    },
    async close() {
      closed = true;
      subscriptions.clear();
      const last = opening;
      opening = undefined;
      await last?.then((open) => open.close()).catch(() => {});
    },
  };
}

interface Subscribed {
  readonly topic: string;
  readonly options: JsonObject;
  readonly onEvent: (payload: JsonObject) => void;
  current: WaapiSubscription | undefined;
}

/** A subscription a fresh Wwise refuses (its object is gone, say) stays silent; the call that reopened the link goes on. */
async function renew(subscribed: Subscribed, backend: WaapiBackend, log: Log): Promise<void> {
  try {
    subscribed.current = await backend.subscribe(subscribed.topic, subscribed.options, subscribed.onEvent);
  } catch (error) {
    if (error instanceof WaapiLinkError) throw error;
    subscribed.current = undefined;
    log.warn({ topic: subscribed.topic, error }, 'Wwise refused to renew a subscription');
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
