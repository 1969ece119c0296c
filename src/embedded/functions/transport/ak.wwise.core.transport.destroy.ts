import { knownTransport } from '../arguments/known-transport.ts';
import { defineFunction } from '../define-function.ts';

/** Stops a transport and forgets it. */
export const transportDestroy = defineFunction({
  uri: 'ak.wwise.core.transport.destroy',
  run({ transport }, _options, { instance }) {
    instance.transports.destroy(knownTransport(instance.transports, transport).id);
    return {};
  },
});
