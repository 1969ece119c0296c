import { defineFunction } from '../define-function.ts';

/** Lists exactly what can be subscribed to here. */
export const getTopics = defineFunction({
  uri: 'ak.wwise.waapi.getTopics',
  run: (_args, _options, { topicUris }) => ({ topics: [...topicUris].sort() }),
});
