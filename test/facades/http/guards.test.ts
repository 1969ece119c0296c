import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { success } from '../../../src/core/result.ts';
import { createHttpApp } from '../../../src/facades/http/http-app.ts';
import { createMetrics } from '../../../src/facades/http/metrics/metrics.ts';
import { startHttpServer } from '../../../src/facades/http/server/start-http-server.ts';
import { ask, type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { openConnection, rawRequest } from '../../harness/raw-http.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const noRoom = { openBus: unused, openService: unused, openArtifacts: unused };

function unused(): Promise<never> {
  throw new Error('No request of this test gets here.');
}

/** A server that has nothing but its guards. */
async function bareServer(limits: Parameters<typeof createHttpApp>[1], more: object = {}, connections = {}) {
  const app = createHttpApp(
    {
      ...{ version: '0', host: '127.0.0.1', allowedHosts: ['wwise.studio'], callerOf: null, log: silentLog },
      openRoom: () => noRoom,
      loadOperations: async () => [],
      answerMcp: unused,
      keepUpload: unused,
      openHooks: unused,
      openSchedules: unused,
      openCallbacks: unused,
      metrics: createMetrics(() => 0),
      findOriginal: async () => {
        throw new Error('Nobody asks for audio here.');
      },
      page: null,
      describeProject: async () => success({}),
      ...more,
    },
    limits,
  );
  return startHttpServer(app.fetch, { host: '127.0.0.1', port: 0, limits: connections, log: silentLog });
}

describe('a server among others', () => {
  const dir = tempDir('guards');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir, ['--allowed-host', 'wwise.studio']);
  });
  afterAll(() => room.close());

  const wide = `{${Array.from({ length: 30_000 }, (_, at) => `"a${at}":1`).join(',')}}`;
  const many = `{"a":[${'1,'.repeat(150_000)}1]}`;
  const deep = `{"a":${'['.repeat(500)}${']'.repeat(500)}}`;

  it.each([
    ['members', wide, 'has an object of more than 20000 members'],
    ['values', many, 'holds more than 100000 values'],
    ['levels', deep, 'is nested more than 272 levels deep'],
  ])('measures a body before it parses it: %s', async (_, body, reported) => {
    const rest = await room.ask('POST /wwise/project_info', JSON.parse(body));
    expect(rest).toMatchObject({
      status: 400,
      json: { code: 'INVALID_INPUT', error: `The body ${reported}.` },
    });
    const message = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: JSON.parse(body) };
    const mcp = await room.ask('POST /mcp', message);
    expect(mcp).toMatchObject({
      status: 400,
      json: { jsonrpc: '2.0', id: 7, error: { code: -32600, message: expect.stringContaining(reported) } },
    });
  });

  const everyRoute = async (): Promise<readonly (readonly [method: string, path: string])[]> => {
    const { json } = await room.ask('GET /openapi.json');
    const described = Object.entries(Object(json.paths)).flatMap(([path, methods]) =>
      Object.keys(Object(methods)).map(
        (method) => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'x')] as const,
      ),
    );
    return [
      ...described,
      ['POST', '/mcp'],
      ['GET', '/health'],
      ['GET', '/ready'],
      ['GET', '/openapi.json'],
      ['GET', '/'],
    ];
  };

  it('refuses names that are not its own and pages of other sites at every route, below /api too', async () => {
    const routes = await everyRoute();
    expect(routes.length).toBeGreaterThan(150);
    for (const [method, path] of routes) {
      const asked = (headers: Record<string, string>) => rawRequest(room.url, { method, path, headers });
      expect([path, (await asked({ host: 'evil.example' })).status]).toEqual([path, 403]);
      expect([path, (await asked({ origin: 'https://evil.example' })).status]).toEqual([path, 403]);
    }
    const below = { method: 'GET', path: '/api/executions' };
    expect((await rawRequest(room.url, { ...below, headers: { host: 'evil.example:4710' } })).status).toBe(
      403,
    );
    expect((await rawRequest(room.url, { ...below, headers: { origin: 'null' } })).status).toBe(403);
  });

  it('answers to its own names, to its own pages, and says nothing of CORS', async () => {
    for (const host of ['localhost', '127.0.0.1:99', '[::1]:4710', 'wwise.studio', 'WWISE.studio:80'])
      expect([host, (await rawRequest(room.url, { path: '/executions', headers: { host } })).status]).toEqual(
        [host, 200],
      );
    const own = await fetch(`${room.url}/executions`, { headers: { origin: room.url } });
    expect(own.status).toBe(200);
    expect([...own.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    const asked = await fetch(`${room.url}/wwise/undo`, {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });

  it('sends every answer with headers that let no browser keep, guess, frame or run it', async () => {
    for (const path of ['/api', '/health', '/nothing', '/openapi.json', '/executions']) {
      const { headers } = await room.ask(`GET ${path}`);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
    }
  });

  it('takes no body that is not declared as JSON, or is none', async () => {
    const body = '{"type":"undo","payload":{}}';
    const plain = { method: 'POST', path: '/jobs', body };
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const answered = await rawRequest(room.url, { ...plain, headers: { 'content-type': type } });
      expect([type, answered.status]).toEqual([type, 400]);
    }
    const json = { 'content-type': 'application/json' };
    expect((await rawRequest(room.url, { ...plain, headers: json, body: '{"a":' })).status).toBe(400);
    expect((await rawRequest(room.url, { ...plain, headers: json, body: '[1]' })).status).toBe(400);
    const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`;
    expect((await rawRequest(room.url, { ...plain, headers: json, body: deep })).status).toBe(400);
  });
});

describe('the bounds of a server', () => {
  it('refuse a body of 100 MB at once, and another client is served meanwhile', async () => {
    const server = await bareServer({});
    const declared = await openConnection(
      server.url,
      'POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n',
    );
    const [answer] = await once(declared.setEncoding('utf8'), 'data');
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    const streamed = await openConnection(
      server.url,
      'POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const sending = sendUntilCutOff(streamed, `100000\r\n${'x'.repeat(0x10_0000)}\r\n`, 200);
    expect((await ask(server.url, 'GET /health')).status).toBe(200);
    expect(await sending).toBeLessThan(100);
    declared.destroy();
    await server.close();
  });

  it('hold no more of many bodies than there is room for', async () => {
    const server = await bareServer({ bodyBytes: 1_000_000, heldBytes: 600_000 });
    const started =
      'POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n';
    const first = await openConnection(server.url, started + 'x'.repeat(500_000));
    const second = await openConnection(server.url, started + 'x'.repeat(500_000));
    const answers = [first, second].map((socket) => once(socket.setEncoding('utf8'), 'data'));
    const [answer] = await Promise.race(answers);
    expect(answer).toMatch(/^HTTP\/1.1 429 /);
    for (const socket of [first, second]) socket.destroy();
    await server.close();
  });

  it('cut off who sends a head or a body too slowly', async () => {
    const server = await bareServer({}, {}, { headersMs: 300, requestMs: 600 });
    const head = await openConnection(server.url, 'GET /health HT');
    const body = await openConnection(
      server.url,
      'POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
    );
    const silent = await openConnection(server.url, '');
    for (const socket of [head, body, silent]) socket.resume();
    await Promise.all([once(head, 'close'), once(body, 'close'), once(silent, 'close')]);
    expect((await ask(server.url, 'GET /health')).status).toBe(200);
    await server.close();
  });

  it('serve a client although a thousand connections say nothing', async () => {
    const server = await bareServer({}, {}, { connections: 1_000 });
    const sockets = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        openConnection(
          server.url,
          index % 2 === 0 ? '' : 'POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n',
        ),
      ),
    );
    for (let index = 0; index < 20; index += 1)
      expect((await rawRequest(server.url, { path: '/health' })).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await server.close();
  });

  it('refuse who asks too often, and say when to come again', async () => {
    const server = await bareServer({ rate: { perSecond: 0.001, burst: 3 } });
    const asked = () => ask(server.url, 'GET /nothing');
    for (let index = 0; index < 3; index += 1) expect((await asked()).status).toBe(404);
    const refused = await asked();
    expect(refused).toMatchObject({ status: 429, json: { code: 'RATE_LIMITED', retryable: true } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(server.url, 'GET /health')).status).toBe(200);
    await server.close();
  });
});

/** Sends this again and again as fast as it is taken, at most so many times, until the other end has none of it. Gives how often. */
async function sendUntilCutOff(socket: Socket, text: string, most: number): Promise<number> {
  for (let sent = 0; sent < most; sent += 1) {
    const isTaken = await new Promise<boolean>((ended) =>
      socket.write(text, (failure) => ended(failure === undefined || failure === null)),
    );
    if (!isTaken) return sent;
  }
  return most;
}
