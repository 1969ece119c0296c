import { poolFields } from '../../media-pool/pool-file.ts';
import { defineFunction } from '../define-function.ts';

/** The fields that filters and answers of the Media Pool know. */
export const mediaPoolGetFields = defineFunction({
  uri: 'ak.wwise.core.mediaPool.getFields',
  run: () => ({ return: [...poolFields] }),
});
