import { isLogChannel } from '../../instance/wwise-log.ts';
import { defineFunction } from '../define-function.ts';

/** The items of one channel, oldest first. */
export const logGet = defineFunction({
  uri: 'ak.wwise.core.log.get',
  run: ({ channel }, _options, { instance }) => ({
    items: isLogChannel(channel) ? [...instance.log.items(channel)] : [],
  }),
});
