import { expect, it } from 'vitest';
import { createHostQueues } from '../../../src/workflow/remote/http/host-queues.ts';
import { isPrivateAddress } from '../../../src/workflow/remote/http/private-address.ts';

it('no more requests begin at a host in a period than its limit says, and those of others do not wait', async () => {
  const hosts = createHostQueues();
  const limit = { requests: 2, perMs: 60_000 };
  const begun: string[] = [];
  const ended = ['a', 'b', 'c'].map((name) =>
    hosts.run('limited', limit, async () => {
      begun.push(name);
    }),
  );
  await Promise.all(ended.slice(0, 2));
  await hosts.run('other', undefined, async () => {
    begun.push('other');
  });
  expect(begun).toEqual(['a', 'b', 'other']);
});

it('a request that waits for its turn is given up when its run is cancelled', async () => {
  const hosts = createHostQueues();
  const limit = { requests: 1, perMs: 60_000 };
  await hosts.run('h', limit, async () => {});
  const control = new AbortController();
  const waiting = hosts.run('h', limit, async () => 'sent', control.signal);
  control.abort();
  await expect(waiting).rejects.toThrow();
});

it.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['169.254.169.254', true],
  ['192.168.1.1', true],
  ['8.8.8.8', false],
  ['[::1]', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['fd00::1', true],
  ['fe80::1%eth0', true],
  ['2606:4700::1111', false],
  ['example.org', false],
])('knows whether %s is an address of a private network', (address, isPrivate) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});
