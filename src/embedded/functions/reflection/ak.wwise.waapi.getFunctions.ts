import { defineFunction } from '../define-function.ts';

/** Lists exactly what this engine answers. */
export const getFunctions = defineFunction({
  uri: 'ak.wwise.waapi.getFunctions',
  run: (_args, _options, { functionUris }) => ({ functions: [...functionUris].sort() }),
});
