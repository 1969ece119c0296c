import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { openEventStream } from '../../../../src/facades/http/rest/event-stream.ts';

it.each(['is ended', 'is left by its client', 'is cut off, unread'] as const)(
  'a stream that %s leaves nothing behind at the request',
  async (how) => {
    const { signal } = new AbortController();
    const stream = openEventStream(signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    if (how === 'is ended') stream.end();
    else if (how === 'is left by its client') await stream.response.body?.cancel();
    else for (let sent = 0; sent < 3; sent += 1) stream.send('x'.repeat(1024 * 1024));
    await stream.ended;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  },
);

it('a stream ends when its request does', async () => {
  const request = new AbortController();
  const stream = openEventStream(request.signal);
  request.abort();
  await stream.ended;
  expect(await stream.response.text()).toBe('retry: 2000\n\n');
});
