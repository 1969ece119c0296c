import { asString } from '../../../core/json.ts';
import { isLogChannel } from '../../instance/wwise-log.ts';
import { defineFunction } from '../define-function.ts';

/** Adds an item, by default a Message to the channel `general`. */
export const logAddItem = defineFunction({
  uri: 'ak.wwise.core.log.addItem',
  run({ channel, severity, message }, _options, { instance }) {
    const text = asString(message) ?? '';
    const level =
      severity === 'Warning' || severity === 'Error' || severity === 'Fatal Error' ? severity : 'Message';
    instance.log.add(isLogChannel(channel) ? channel : 'general', level, text);
    return {};
  },
});
