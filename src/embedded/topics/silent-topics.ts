import type { InstanceTopic } from './topic.ts';

/**
 * Topics that WwiseConsole lists and that nothing here can make happen: no SoundBank is generated, no game is profiled. They
 * can be subscribed to, as programs do that subscribe to all of them when they start.
 */
export const silentTopics: readonly InstanceTopic[] = [
  'ak.wwise.core.profiler.captureLog.itemAdded',
  'ak.wwise.core.profiler.gameObjectRegistered',
  'ak.wwise.core.profiler.gameObjectReset',
  'ak.wwise.core.profiler.gameObjectUnregistered',
  'ak.wwise.core.profiler.stateChanged',
  'ak.wwise.core.profiler.switchChanged',
  'ak.wwise.core.soundbank.generated',
  'ak.wwise.core.soundbank.generationDone',
  'ak.wwise.debug.assertFailed',
].map((uri) => ({ uri, survivesClose: true, payload: () => undefined }));
