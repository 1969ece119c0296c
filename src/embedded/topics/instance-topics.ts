import type { InstanceTopic } from './topic.ts';

/** The topics about the instance: projects that come and go, the log, the transports. */
export const instanceTopics: readonly InstanceTopic[] = [
  {
    uri: 'ak.wwise.core.project.loaded',
    survivesClose: true,
    payload: (event) => (event.kind === 'loaded' ? {} : undefined),
  },
  {
    uri: 'ak.wwise.core.project.preClosed',
    survivesClose: true,
    payload: (event) => (event.kind === 'preClosed' ? {} : undefined),
  },
  {
    uri: 'ak.wwise.core.project.postClosed',
    survivesClose: true,
    payload: (event) => (event.kind === 'postClosed' ? {} : undefined),
  },
  {
    uri: 'ak.wwise.core.log.itemAdded',
    survivesClose: true,
    payload: (event) => (event.kind === 'logged' ? { channel: event.channel, item: event.item } : undefined),
  },
  {
    uri: 'ak.wwise.core.transport.stateChanged',
    survivesClose: false,
    payload(event, options) {
      if (event.kind !== 'transportChanged' || event.transport !== options.transport) return undefined;
      const { transport, state, object, gameObject } = event;
      return { transport, state, object, ...(gameObject === undefined ? {} : { gameObject }) };
    },
  },
];
