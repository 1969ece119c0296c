import { expect, it } from 'vitest';
import { memoryHotSessions } from '../../src/stores/memory-hot-sessions.ts';
import { describeHotSessions } from './session-contract.ts';

describeHotSessions('memory', async () => {
  let nowMs = 0;
  return {
    hot: memoryHotSessions(() => nowMs),
    pass: async (ms) => {
      nowMs += ms;
    },
    close: async () => {},
  };
});

it('hot sessions in memory are as many as fit: those that were not used for longest go', async () => {
  const hot = memoryHotSessions(() => 0, 2);
  const session = (sessionId: string) => ({
    ...{ sessionId, state: {}, currentTask: null, variables: {}, lastActivityMs: 0, ttlMs: 1_000 },
  });
  for (const id of ['a', 'b']) await hot.set(session(id));
  await hot.get('a');
  await hot.set(session('c'));
  const left = await Promise.all(['a', 'b', 'c'].map((id) => hot.get(id)));
  expect(left.map((one) => one?.sessionId)).toEqual(['a', undefined, 'c']);
});
