import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { node } from '../harness.ts';
import { firstOf, remoteWith, runNodes } from './run-remote.ts';

const ask = (data: Record<string, Json>, remote = remoteWith(), more: JsonObject = {}) =>
  firstOf(runNodes([{ ...node('ask', 'http', data), ...more }], remote));

/** A server that does with the connection of each request what it likes. */
async function rawServer(onRequest: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => onRequest(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

it.each([
  [400, 'SERVICE_REFUSED'],
  [401, 'SERVICE_NOT_AUTHENTICATED'],
  [402, 'SERVICE_QUOTA_EXCEEDED'],
  [403, 'SERVICE_NOT_AUTHENTICATED'],
  [404, 'SERVICE_NOT_FOUND'],
  [422, 'SERVICE_REFUSED'],
] as const)(
  'a %i is %s, names the node and what the service says, and is not repeated',
  async (status, code) => {
    const service = await standIn((app) => app.get('/x', (c) => c.json({ message: 'no such plan' }, status)));
    const failed = await ask({ url: `${service.url}/x` }, remoteWith(), {
      retry: { maxRetries: 3, initialDelayMs: 1 },
    });
    expect(failed).toMatchObject({
      node: 'ask',
      code,
      error: expect.stringContaining('no such plan'),
      hint: expect.stringMatching(/\.$/),
      details: { status, url: `${service.url}/x` },
    });
    expect(service.asked).toHaveLength(1);
  },
);

it('a 404 is an answer where that is wanted', async () => {
  const service = await standIn((app) => app.get('/x', (c) => c.json({ none: true }, 404)));
  expect(await ask({ url: `${service.url}/x`, acceptStatus: [404] })).toMatchObject({
    status: 404,
    body: { none: true },
  });
});

it('a 500 is repeated as the policy says, and a 429 not before the service wants it', async () => {
  const times: number[] = [];
  const service = await standIn((app) => {
    app.get('/flaky', (c) =>
      service.asked.length < 3 ? c.text('oops', 500) : c.json({ n: service.asked.length }),
    );
    app.get('/busy', (c) => {
      times.push(performance.now());
      return times.length === 1 ? c.text('slow down', 429, { 'retry-after-ms': '300' }) : c.json({});
    });
  });
  const retry = { maxRetries: 3, initialDelayMs: 1, jitter: false };
  expect(await ask({ url: `${service.url}/flaky` }, remoteWith(), { retry })).toMatchObject({
    body: { n: 3 },
  });
  expect(await ask({ url: `${service.url}/busy` }, remoteWith(), { retry })).toMatchObject({ status: 200 });
  const [first = 0, second = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(299);
  const codes = { retry: { ...retry, codes: ['TIMEOUT'] } };
  const gone = await standIn((app) => app.get('/x', (c) => c.text('', 503)));
  expect(await ask({ url: `${gone.url}/x` }, remoteWith(), codes)).toMatchObject({ code: 'SERVICE_FAILED' });
  expect(gone.asked).toHaveLength(1);
});

it('no connection, one that is reset, an answer that breaks off and one that does not come are four things', async () => {
  const service = await standIn(() => {});
  await service.close();
  expect(await ask({ url: `${service.url}/x` })).toMatchObject({ code: 'SERVICE_UNREACHABLE' });
  const resets = await rawServer((socket) => socket.resetAndDestroy());
  expect(await ask({ url: resets })).toMatchObject({ code: 'SERVICE_CONNECTION_LOST' });
  const half = await rawServer((socket) => {
    socket.write(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":',
      () => socket.destroy(),
    );
  });
  expect(await ask({ url: half })).toMatchObject({ code: 'ANSWER_INCOMPLETE' });
  const hangs = await rawServer(() => {});
  expect(await ask({ url: hangs }, remoteWith(), { timeoutMs: 100 })).toMatchObject({
    code: 'TIMEOUT',
    details: { timeoutMs: 100 },
  });
});

it('of a request that changes something nobody knows then whether it did, and it is not repeated by guess', async () => {
  let count = 0;
  const resets = await rawServer((socket) => {
    count += 1;
    socket.resetAndDestroy();
  });
  const more = { retry: { maxRetries: 3, initialDelayMs: 1 } };
  const failed = await ask({ url: resets, method: 'POST', onUnknown: 'fail' }, remoteWith(), more);
  expect(failed).toMatchObject({ code: 'OUTCOME_UNKNOWN', hint: expect.stringContaining('onUnknown') });
  expect(count).toBe(1);
  await ask({ url: resets, method: 'POST', onUnknown: 'retry' }, remoteWith(), {});
  expect(count).toBe(3);
});

it('an answer that is no JSON says where it came from, and one over the cap is not read on', async () => {
  const service = await standIn((app) => {
    app.get('/page', (c) => c.body('<html>Login</html>', 200, { 'content-type': 'application/json' }));
    app.get('/large', (c) => c.json({ text: 'x'.repeat(5_000) }));
    app.get('/deep', (c) =>
      c.body(`${'['.repeat(500)}${']'.repeat(500)}`, 200, { 'content-type': 'application/json' }),
    );
  });
  expect(await ask({ url: `${service.url}/page` })).toMatchObject({
    code: 'ANSWER_UNREADABLE',
    details: { url: `${service.url}/page`, begins: '<html>Login</html>' },
  });
  expect(await ask({ url: `${service.url}/large`, mostBytes: 1_000 })).toMatchObject({
    code: 'ANSWER_TOO_LARGE',
    details: { mostBytes: 1_000 },
  });
  expect(await ask({ url: `${service.url}/deep` })).toMatchObject({ code: 'ANSWER_UNREADABLE' });
});

it('a redirect is followed, without the key to another machine, and into a private network only where that is allowed', async () => {
  const other = await standIn((app) =>
    app.get('/end', (c) => c.json({ key: c.req.header('x-key') ?? null })),
  );
  const service = await standIn((app) => {
    app.get('/same', (c) => c.redirect('/end'));
    app.get('/end', (c) => c.json({ key: c.req.header('x-key') ?? null }));
    app.get('/away', (c) => c.redirect(`${other.url}/end`));
    app.get('/loop', (c) => c.redirect('/loop'));
  });
  const headers = { 'X-Key': 'my-key' };
  expect(await ask({ url: `${service.url}/same`, headers })).toMatchObject({ body: { key: 'my-key' } });
  expect(await ask({ url: `${service.url}/away`, headers })).toMatchObject({
    code: 'ADDRESS_NOT_ALLOWED',
    hint: expect.stringContaining('--allow-redirect 127.0.0.1'),
  });
  expect(other.asked).toEqual([]);
  const allowed = remoteWith({}, { redirectHosts: ['127.0.0.1'] });
  expect(await ask({ url: `${service.url}/away`, headers }, allowed)).toMatchObject({ body: { key: null } });
  expect(await ask({ url: `${service.url}/loop` })).toMatchObject({
    code: 'SERVICE_REFUSED',
    details: { status: 302 },
  });
});

it('a name that stands for a private address is found out when it is connected to', async () => {
  const other = await standIn((app) => app.get('/end', (c) => c.json({})));
  const service = await standIn((app) =>
    app.get('/', (c) => c.redirect(`http://localhost:${other.port}/end`)),
  );
  expect(await ask({ url: service.url })).toMatchObject({
    code: 'ADDRESS_NOT_ALLOWED',
    details: { host: 'localhost' },
  });
  expect(other.asked).toEqual([]);
});

it('an unknown preset, operation, parameter and setting each say what there is', async () => {
  expect(await ask({ preset: 'hunterr' })).toMatchObject({ code: 'PRESET_NOT_FOUND' });
  expect(await ask({ url: 'ftp://x' })).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'url' } });
});
