import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import { defineFunction } from '../../../src/embedded/functions/define-function.ts';
import { ping } from '../../../src/embedded/functions/reflection/ak.wwise.core.ping.ts';
import {
  startWaapiServer,
  type WaapiServer,
  type WaapiServerOptions,
} from '../../../src/embedded/server/start-waapi-server.ts';
import { amount } from '../../harness/amount.ts';
import { withEngine } from '../../harness/engine.ts';
import { chunk, formatChunk, waveBytes } from '../../harness/wave.ts';
import { parse, type RawClient, rawClient } from './raw-client.ts';

const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(
  options: Partial<WaapiServerOptions> & Pick<WaapiServerOptions, 'engine'>,
): Promise<WaapiServer> {
  const server = await startWaapiServer({ wampPort: 0, httpPort: 0, log: silentLog, ...options });
  closers.push(() => server.close());
  return server;
}

const held: (() => void)[] = [];
const hold = defineFunction({
  uri: 'test.hold',
  async run() {
    await new Promise<void>((resolve) => held.push(resolve));
    return {};
  },
});

function idleEngine() {
  const engine = createEngine({ openProject: null, functions: [ping, hold], log: silentLog });
  closers.push(() => engine.close());
  return engine;
}

async function joined(server: WaapiServer): Promise<RawClient> {
  const client = await rawClient(server.wampUrl ?? '');
  closers.push(() => client.socket.terminate());
  expect(parse(await client.ask('[1,"realm1"]'))[0]).toBe(2);
  return client;
}

async function pings(client: RawClient): Promise<void> {
  expect(await client.ask('[48,1,{},"ak.wwise.core.ping",[],{}]')).toBe('[50,1,{},[],{"isAvailable":true}]');
}

async function posts(server: WaapiServer): Promise<void> {
  const body = '{"uri":"ak.wwise.core.ping"}';
  const response = await fetch(server.httpUrl ?? '', { method: 'POST', body });
  expect(await response.json()).toEqual({ isAvailable: true });
}

async function tcp(url: string | null): Promise<Socket> {
  const { hostname, port } = new URL(url ?? '');
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  closers.push(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe('large messages', () => {
  it('5,000 names in one query keep the connection', () =>
    withEngine(async (room) => {
      const client = await joined(await serve({ engine: room.engine }));
      const name = Array.from({ length: 5000 }, (_, number) => `Event:Name_${number}`);
      const call = [48, 7, { return: ['id'] }, 'ak.wwise.core.object.get', [], { from: { name } }];
      expect(await client.ask(JSON.stringify(call))).toContain('Object Event:Name_0 is unknown.');
      await pings(client);
    }));

  const megabytes = amount(10, 100);
  it(`${megabytes} MB in Base64 are imported and keep the connection`, () =>
    withEngine(async (room) => {
      const client = await joined(await serve({ engine: room.engine }));
      const before = stagingRooms();
      const format = formatChunk({ formatTag: 1, channels: 2, sampleRate: 48_000, bitsPerSample: 16 });
      const bytes = waveBytes(format, chunk('data', Buffer.alloc(megabytes * 1024 * 1024)));
      const objectPath = '\\Containers\\Default Work Unit\\<Sound SFX>Long';
      const audioFileBase64 = `Long.wav|${bytes.toString('base64')}`;
      const args: JsonObject = { imports: [{ objectPath, audioFileBase64 }] };
      const answer = parse(
        await client.ask(JSON.stringify([48, 9, {}, 'ak.wwise.core.audio.import', [], args])),
      );
      expect(answer.slice(0, 4)).toEqual([50, 9, {}, []]);
      const { log, files } = asJsonObject(answer[4]);
      expect(log).toEqual([]);
      const stored = join(room.project.originalsDir, 'SFX', 'Long.wav');
      expect(files).toEqual([stored]);
      expect(statSync(stored).size).toBe(bytes.length);
      expect(stagingRooms()).toEqual(before);
      await pings(client);
    }));

  it('a frame beyond the limit ends its connection and no other', async () => {
    const server = await serve({ engine: idleEngine() });
    const other = await joined(server);
    const greedy = await tcp(server.wampUrl);
    greedy.write(upgrade);
    await once(greedy, 'data');
    // A text frame that announces 1 GiB: enough is known before it is sent.
    const head = Buffer.alloc(14);
    head.writeUInt8(0x81, 0);
    head.writeUInt8(0x80 | 127, 1);
    head.writeBigUInt64BE(1024n ** 3n, 2);
    greedy.write(head);
    await once(greedy, 'close');
    await pings(other);
  });
});

const upgrade = [
  ...['GET /waapi HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade'],
  ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13', '', ''],
].join('\r\n');

function stagingRooms(): string[] {
  if (!existsSync(tmpdir())) return [];
  return readdirSync(tmpdir()).filter((name) => name.startsWith('wwiseflow-import-'));
}

describe('idle and slow clients', () => {
  it('that never finish a request take nobody’s place', async () => {
    const server = await serve({ engine: idleEngine(), httpMaxClients: 1, wampMaxClients: 1 });
    for (const url of [server.httpUrl, server.wampUrl]) {
      for (let count = 0; count < 30; count++) {
        const socket = await tcp(url);
        socket.write(count % 2 === 0 ? 'POST /waapi HTTP/1.1\r\nHos' : '');
      }
    }
    await posts(server);
    await pings(await joined(server));
  });

  it('beyond what a server can hold are turned away, and it goes on', async () => {
    const server = await serve({ engine: idleEngine(), httpMaxClients: 1 });
    const sockets = await Promise.all(Array.from({ length: 150 }, () => tcp(server.httpUrl)));
    const closed = sockets.map((socket) => once(socket.resume(), 'close'));
    await Promise.race(closed);
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    await posts(server);
  });

  it('that do not answer pings are hung up on; the others stay', async () => {
    // Long enough for the living one to answer on a busy machine.
    const server = await serve({ engine: idleEngine(), heartbeatMs: 1_000 });
    const living = await joined(server);
    const dead = await tcp(server.wampUrl);
    dead.write(upgrade);
    dead.resume();
    await once(dead, 'close');
    await pings(living);
  });

  it('that do not read their events are hung up on', () =>
    withEngine(async (room) => {
      const client = await joined(await serve({ engine: room.engine }));
      await client.ask('[32,1,{},"ak.wwise.core.log.itemAdded"]');
      client.socket.pause();
      const message = 'x'.repeat(8 * 1024 * 1024);
      for (let count = 0; count < 12; count++) await room.call('log.addItem', { message });
      await room.call('ping');
      client.socket.resume();
      expect(await client.closed).toBe(1006);
      const { items } = await room.call('log.get', { channel: 'general' });
      expect(asJsonArray(items).length).toBeLessThanOrEqual(2);
    }));

  it('may use one HTTP connection again and again', async () => {
    const server = await serve({ engine: idleEngine(), httpMaxClients: 1 });
    const socket = await tcp(server.httpUrl);
    const body = '{"uri":"ak.wwise.core.ping"}';
    for (let count = 0; count < 3; count++) {
      socket.write(`POST /waapi HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      const [answer] = await once(socket, 'data');
      expect(String(answer)).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: keep-alive\r\n.*"isAvailable":true/s);
    }
  });
});

describe('the watchdog', () => {
  it('barks when no call comes', async () => {
    const server = await serve({ engine: idleEngine(), watchdogTimeoutMs: 20 });
    await server.starved;
  });

  it('waits for a call that is under way, and for the time after it', async () => {
    // Long enough for the call to arrive on a busy machine.
    const server = await serve({ engine: idleEngine(), watchdogTimeoutMs: 2_000 });
    const client = await joined(server);
    const answer = client.ask('[48,1,{},"test.hold",[],{}]');
    const isHeld = () => held.length > 0;
    await expect.poll(isHeld).toBe(true);
    const first = await Promise.race([server.starved.then(() => 'starved'), later(2_500)]);
    expect(first).toBe('later');
    for (const release of held.splice(0)) release();
    expect(await answer).toBe('[50,1,{},[],{}]');
    await server.starved;
  });
});

function later(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('later'), ms));
}

describe('undo groups', () => {
  it('left open by a client that goes are cancelled, their changes kept', () =>
    withEngine(async (room) => {
      const server = await serve({ engine: room.engine });
      const client = await joined(server);
      const call = (uri: string, args: JsonObject) =>
        client.ask(JSON.stringify([48, 1, {}, `ak.wwise.core.${uri}`, [], args]));
      await call('undo.beginGroup', {});
      await call('object.create', { parent: '\\Containers\\Default Work Unit', type: 'Sound', name: 'Kept' });
      client.socket.terminate();
      await client.closed;
      const ended = async (): Promise<string> => {
        await room.call('ping');
        return room.call('undo.undo').then(
          () => 'undone',
          (error: Error) => error.message,
        );
      };
      await expect.poll(ended).toBe('undone');
      expect(room.project.model.byPath('\\Containers\\Default Work Unit\\Kept')).toBeUndefined();
    }));
});
