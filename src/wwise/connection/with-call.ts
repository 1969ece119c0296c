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
    get undo() {
      return waapi.undo;
    },
    call,
    subscribe,
    close: () => waapi.close(),
  };
}
