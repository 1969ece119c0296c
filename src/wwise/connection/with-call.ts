import type { Waapi } from './waapi.ts';

/** The same connection, called (and subscribed to) in another way. */
export function withCall(
  waapi: Waapi,
  call: Waapi['call'],
  subscribe: Waapi['subscribe'] = (topic, options, onEvent) => waapi.subscribe(topic, options, onEvent),
): Waapi {
  return {
    address: waapi.address,
    get callCount() {
      return waapi.callCount;
    },
    get linkCount() {
      return waapi.linkCount;
    },
    get isLinked() {
      return waapi.isLinked;
    },
    get queueLength() {
      return waapi.queueLength;
    },
    get undo() {
      return waapi.undo;
    },
    get restoring() {
      return waapi.restoring;
    },
    call,
    subscribe,
    close: () => waapi.close(),
  };
}
