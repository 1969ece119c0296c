import { defineFunction } from '../define-function.ts';

/** No dialog ever blocks this engine. */
export const ping = defineFunction({
  uri: 'ak.wwise.core.ping',
  run: () => ({ isAvailable: true }),
});
