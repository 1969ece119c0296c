import { knownTransport } from '../arguments/known-transport.ts';
import { defineFunction } from '../define-function.ts';

/** `playing`, `stopped` or `paused`. */
export const transportGetState = defineFunction({
  uri: 'ak.wwise.core.transport.getState',
  run: ({ transport }, _options, { instance }) => ({
    state: knownTransport(instance.transports, transport).state,
  }),
});
