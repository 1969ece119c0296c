import { isLogChannel } from '../../instance/wwise-log.ts';
import { defineFunction } from '../define-function.ts';

/** Empties one channel, by default `general`. */
export const logClear = defineFunction({
  uri: 'ak.wwise.core.log.clear',
  run({ channel }, _options, { instance }) {
    instance.log.clear(isLogChannel(channel) ? channel : 'general');
    return {};
  },
});
