import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import type { Engine } from '../../../src/embedded/engine.ts';
import { defineFunction } from '../../../src/embedded/functions/define-function.ts';
import { ping } from '../../../src/embedded/functions/reflection/ak.wwise.core.ping.ts';
import { startWaapiServer, type WaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { openConnection } from '../../harness/raw-http.ts';
import { parse, type RawClient, rawClient } from './raw-client.ts';

const megabytes = 1024 * 1024;

/** Answers so many megabytes. */
const large = defineFunction({
  uri: 'test.large',
  run: ({ megabytes: many }) => ({ text: 'x'.repeat(Number(many) * megabytes) }),
});

let begun = 0;
/** Only reads, so that it ends where nobody waits for it. */
const endless = defineFunction({
  uri: 'ak.wwise.waapi.getSchema',
  async run(_args, _options, { pause }) {
    begun += 1;
    for (;;) await pause();
  },
});

let engine: Engine;
let server: WaapiServer;
const wampUrl = (): string => server.wampUrl ?? '';
const httpUrl = (): string => server.httpUrl ?? '';

beforeEach(async () => {
  begun = 0;
  engine = createEngine({ openProject: null, functions: [ping, large, endless], log: silentLog });
  server = await startWaapiServer({ engine, wampPort: 0, httpPort: 0, log: silentLog });
});

afterEach(async () => {
  await server.close();
  await engine.close();
});

describe('the WAAPI server, whatever a client does', () => {
  it.each(['//', 'http://[', '/\\', '//waapi', '*', 'http://'])(
    'answers a request for the address %s',
    async (address) => {
      const upgrade = `GET ${address} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
      expect(await firstLine(wampUrl(), upgrade)).toMatch(/^HTTP\/1\.1 40[04] /);
      const post = `POST ${address} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`;
      expect(await firstLine(httpUrl(), post)).toMatch(/^HTTP\/1\.1 40[04] /);
      await expectPong();
    },
  );

  it('closes a connection that it refused, though the other end keeps its own open', async () => {
    const refused = await openConnection(
      wampUrl(),
      'GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    refused.resume();
    await once(refused, 'close');
  });

  it('lets a client in although more connections than it takes say nothing', async () => {
    const silent = await Promise.all(
      [wampUrl(), httpUrl()].flatMap((url) =>
        Array.from({ length: 100 }, () => openConnection(url.replace('ws:', 'http:'), '')),
      ),
    );
    await expectPong();
    const answer = await fetch(httpUrl(), { method: 'POST', body: '{"uri":"ak.wwise.core.ping"}' });
    expect(await answer.json()).toEqual({ isAvailable: true });
    for (const socket of silent) socket.destroy();
  });

  it('hangs up on a client that asks for much and reads nothing', async () => {
    const greedy = await joined();
    const { _socket: socket } = Object(greedy.socket);
    Object(socket).pause();
    for (let at = 0; at < 40; at += 1) greedy.send(`[48,${at},{},"test.large",[],{"megabytes":16}]`);
    await expectPong();
    Object(socket).resume();
    expect(await greedy.closed).toBe(1006);
  });

  it('hangs up on a client that pings and reads nothing', async () => {
    const pinging = await joined();
    const { _socket: socket } = Object(pinging.socket);
    Object(socket).pause();
    pinging.socket.on('error', () => undefined);
    const data = 'x'.repeat(125);
    while (pinging.socket.readyState === pinging.socket.OPEN) {
      for (let at = 0; at < 5_000; at += 1) pinging.socket.ping(data);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await pinging.closed).toBe(1006);
    await expectPong();
  });

  it('lets a client have a thousand subscriptions, and another for each that ends', async () => {
    const many = await joined();
    const subscribe = (id: number) => many.ask(`[32,${id},{},"ak.wwise.core.project.loaded"]`);
    const answers = await Promise.all(Array.from({ length: 1_001 }, (_, id) => subscribe(id)));
    expect(answers.filter((answer) => parse(answer)[0] === 33)).toHaveLength(1_000);
    expect(answers.filter((answer) => parse(answer)[0] === 8)).toEqual([
      expect.stringMatching(/at most 1000 subscriptions/),
    ]);
    expect(parse(await many.ask('[34,2000,1]'))[0]).toBe(35);
    expect(parse(await subscribe(2_001))[0]).toBe(33);
  });

  it('reads on in what a client sends when something of it has ended', async () => {
    const eager = await joined();
    const frame = (id: number) =>
      `[48,${id},{},"ak.wwise.waapi.getSchema",[],{"uri":"${'x'.repeat(16 * megabytes)}"}]`;
    for (let id = 0; id < 10; id += 1) eager.send(frame(id));
    while (begun < 4) await expectPong();
    for (let at = 0; at < 5; at += 1) await expectPong();
    expect([begun, eager.socket.bufferedAmount > 0]).toEqual([4, true]);
    eager.socket.terminate();
    await expectPong();
  });

  it('hangs up on who sends requests over HTTP without end and waits for no answer', async () => {
    const body = JSON.stringify({ uri: 'ak.wwise.waapi.getSchema', args: { uri: 'x' } });
    const request = `POST /waapi HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const socket = await openConnection(httpUrl(), request.repeat(200));
    socket.resume();
    await once(socket, 'close');
    expect(begun).toBeLessThanOrEqual(100);
    const answer = await fetch(httpUrl(), { method: 'POST', body: '{"uri":"ak.wwise.core.ping"}' });
    expect(answer.status).toBe(200);
  });
});

async function joined(): Promise<RawClient> {
  const client = await rawClient(wampUrl());
  client.socket.on('error', () => undefined);
  await client.ask('[1,"realm1"]');
  return client;
}

async function expectPong(): Promise<void> {
  const other = await joined();
  expect(parse(await other.ask('[48,1,{},"ak.wwise.core.ping",[],{}]'))).toEqual([
    50,
    1,
    {},
    [],
    { isAvailable: true },
  ]);
  other.socket.terminate();
}

/** What is answered to bytes that no client would let anybody send. */
async function firstLine(url: string, sent: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  socket.write(sent);
  const [first] = await once(socket, 'data');
  socket.destroy();
  return String(first).split('\r\n')[0] ?? '';
}
