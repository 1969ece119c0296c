import { defineFunction } from '../define-function.ts';

/** Every transport with the object it plays. */
export const transportGetList = defineFunction({
  uri: 'ak.wwise.core.transport.getList',
  run: (_args, _options, { instance }) => ({ list: [...instance.transports.list()] }),
});
