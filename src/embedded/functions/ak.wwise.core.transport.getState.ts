import { defineFunction } from './define-function.ts';
import { knownTransport } from './known-transport.ts';

/** `playing`, `stopped` or `paused`. */
export const transportGetState = defineFunction({
  uri: 'ak.wwise.core.transport.getState',
  run: ({ transport }, _options, { instance }) => ({
    state: knownTransport(instance.transports, transport).state,
  }),
});
