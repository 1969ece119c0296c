import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { defineFunction } from '../define-function.ts';

/** Originals are all this instance has: asking for them is granted, asking for converted files is refused. */
export const transportUseOriginals = defineFunction({
  uri: 'ak.wwise.core.transport.useOriginals',
  run({ enable }) {
    if (enable === true) return {};
    throw waapiErrors.unavailable('ak.wwise.core.transport.useOriginals');
  },
});
