import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { character, generator, mutated, pick, value, varied } from './values.ts';

export interface Transports {
  /** `ws://127.0.0.1:PORT/waapi` and `http://127.0.0.1:PORT/waapi`. */
  readonly wampUrl: string;
  readonly httpUrl: string;
}

export interface TransportFuzz {
  readonly clients: number;
  /** Messages each transport was sent. */
  readonly wamp: number;
  readonly http: number;
}

export interface FuzzBounds {
  /** How many messages each transport shall get at most. */
  readonly messages: number;
  readonly limitMs: number;
  readonly seed: number;
}

/**
 * Sends random and mutated messages to both transports: much of it over connections that stay, hundreds of messages each, as what
 * does not break the protocol allows; the rest by clients that break it and lose their connection. After each few a
 * well-behaved client must get its answer. Same seed, same messages.
 */
export async function fuzzTransports(
  transports: Transports,
  { messages, limitMs, seed }: FuzzBounds,
): Promise<TransportFuzz> {
  const random = generator(seed);
  const end = Date.now() + limitMs;
  let [wamp, http, clients] = [0, 0, 0];
  for (; (wamp < messages || http < messages) && Date.now() < end; clients++) {
    const kind = random();
    const size = Math.min(400, Math.max(20, Math.floor(messages / 20)));
    if (kind < 0.3 && wamp < messages) wamp += await lastingClient(transports.wampUrl, size, random);
    else if (kind < 0.6 && http < messages) http += await lastingPoster(transports.httpUrl, size, random);
    else if (kind < 0.8) wamp += await oddWampClient(transports.wampUrl, random);
    else if (kind < 0.95) http += await oddStranger(transports.httpUrl, request(random));
    else wamp += await oddStranger(transports.wampUrl, request(random));
    if (clients % 16 === 0) await answers(transports);
  }
  await answers(transports);
  return { clients, wamp, http };
}

/** Throws when a client that keeps the rules is not served on either transport. */
async function answers({ wampUrl, httpUrl }: Transports): Promise<void> {
  const body = '{"uri":"ak.wwise.core.ping"}';
  const response = await fetch(httpUrl, { method: 'POST', body, headers: { connection: 'close' } });
  if ((await response.text()) !== '{"isAvailable":true}') throw new Error('the HTTP transport is stuck');
  const socket = new WebSocket(wampUrl, ['wamp.2.json']);
  await once(socket, 'open');
  const replies: string[] = [];
  socket.on('message', (data) => replies.push(String(data)));
  socket.send('[1,"realm1"]');
  socket.send('[48,1,{},"ak.wwise.core.ping"]');
  while (replies.length < 2) await once(socket, 'message');
  socket.close();
  await once(socket, 'close');
  if (replies[1] !== '[50,1,{},[],{"isAvailable":true}]')
    throw new Error(`the WAMP transport is stuck: ${replies[1]}`);
}

/** Keeps to WAMP but not to WAAPI: each frame must get its answer, the last one that of a ping. */
async function lastingClient(url: string, count: number, random: () => number): Promise<number> {
  const socket = new WebSocket(url, ['wamp.2.json']);
  const last = 2 ** 31;
  const answered = new Promise<void>((resolve, reject) => {
    let open = count + 1;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the server hung up with ${open} answers owed`)));
    socket.on('message', (data) => {
      const [type, first, second] = JSON.parse(String(data));
      // Events come in between; WELCOME is no answer.
      if (type === 36 || type === 2) return;
      open -= 1;
      if ((type === 8 ? second : first) === last) resolve();
    });
  });
  answered.catch(() => {});
  await once(socket, 'open');
  socket.send('[1,"realm1"]');
  for (let id = 1; id <= count; id++) socket.send(JSON.stringify(oddFrame(id, random)));
  socket.send(`[48,${last},{},"ak.wwise.core.ping"]`);
  await answered;
  const gone = once(socket, 'close');
  socket.terminate();
  await gone;
  return count + 2;
}

function oddFrame(id: number, random: () => number): unknown[] {
  const [type, , ...rest] = pick(calls, random);
  const kind = random();
  if (kind < 0.7) return [type, id, ...asArray(varied(rest, random))];
  if (kind < 0.8) return [pick([16, 32, 34, 48, 64, 66], random), id, ...rest];
  return [type, id, ...Array.from({ length: Math.floor(random() * 6) }, () => value(random, 3))];
}

function asArray(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

/** Sends requests one behind the other over one connection, as many ahead of their answers as may be; every one must be answered. */
async function lastingPoster(url: string, count: number, random: () => number): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let left = count;
  const sendMore = (most: number): void => {
    const now = Math.min(most, left);
    left -= now;
    socket.write(Array.from({ length: now }, () => post(oddBody(random))).join(''));
  };
  const answered = new Promise<void>((resolve, reject) => {
    let open = count;
    let tail = '';
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the server hung up with ${open} answers owed`)));
    socket.on('data', (bytes) => {
      const text = tail + bytes.toString('latin1');
      // No body of ours holds a status line: what is echoed is JSON, whose quotes are escaped.
      const statusLines = text.split(statusLine).length - 1;
      open -= statusLines;
      sendMore(statusLines);
      tail = text.slice(Math.max(text.lastIndexOf(statusLine) + 1, text.length - statusLine.length));
      if (open <= 0) resolve();
    });
  });
  answered.catch(() => {});
  await once(socket, 'connect');
  sendMore(mostAhead);
  await answered;
  const gone = once(socket, 'close');
  socket.destroy();
  await gone;
  return count;
}

const statusLine = 'HTTP/1.1 ';

/** The server hangs up on who does not wait for his answers at all. */
const mostAhead = 100;

function oddBody(random: () => number): string {
  const [, , options, uri, , args] = pick(calls, random);
  const body = { uri, args, options };
  const kind = random();
  if (kind < 0.75) return JSON.stringify(varied(body, random));
  return kind < 0.9 ? mutated(JSON.stringify(body), random) : JSON.stringify(value(random, 4));
}

function post(body: string): string {
  return `POST /waapi HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Breaks the protocol sooner or later. */
async function oddWampClient(url: string, random: () => number): Promise<number> {
  const socket = new WebSocket(url, random() < 0.5 ? ['wamp.2.json'] : []);
  socket.on('error', () => undefined);
  await once(socket, 'open');
  if (random() < 0.85) socket.send('[1,"realm1"]');
  const count = 1 + Math.floor(random() * 12);
  for (let sent = 0; sent < count && socket.readyState === WebSocket.OPEN; sent++) {
    const message = random() < 0.5 ? mutated(pick(frames, random), random) : JSON.stringify(value(random, 4));
    socket.send(random() < 0.05 ? Buffer.from(message) : message);
  }
  const gone = once(socket, 'close');
  if (random() < 0.5) socket.terminate();
  else socket.close();
  await gone;
  return count;
}

/** Raw bytes, then silence. The server may answer, or hang up, as it likes. */
async function oddStranger(url: string, bytes: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.resume();
  const gone = once(socket, 'close');
  await Promise.race([once(socket, 'connect'), gone]);
  socket.write(Buffer.from(bytes, 'latin1'), () => setImmediate(() => socket.destroy()));
  await gone;
  return 1;
}

type Call = readonly [number, number, object, string, readonly unknown[], object];

const home = '\\Containers\\Default Work Unit';
const core = 'ak.wwise.core.';
const search = { waql: '$ from type Sound where name : "a"' };
const fuzz = { parent: home, type: 'Sound', name: 'Fuzz', onNameConflict: 'replace' };
const child = { type: 'Sound', name: 'x', '@Volume': -3 };
const change = { objects: [{ object: home, children: [child], onNameConflict: 'merge' }] };
const list = {
  objects: [{ object: `${home}\\Fuzz`, '@RTPC': [{ type: 'RTPC', name: '', '@PropertyName': 'Volume' }] }],
};
const sound = { imports: [{ objectPath: `${home}\\<Sound SFX>Fuzz`, audioFileBase64: 'a.wav|AAAA' }] };
const calls: readonly Call[] = [
  [48, 1, {}, `${core}getInfo`, [], {}],
  [48, 2, { return: ['id', 'name', '@Volume'] }, `${core}object.get`, [], search],
  [48, 3, {}, `${core}object.create`, [], fuzz],
  [48, 4, {}, `${core}object.set`, [], change],
  [48, 5, {}, `${core}object.set`, [], list],
  [48, 6, {}, `${core}object.setProperty`, [], { object: home, property: 'Volume', value: 1 }],
  [48, 7, {}, `${core}object.setName`, [], { object: `${home}\\x`, value: 'Fuzz' }],
  [48, 8, {}, `${core}object.delete`, [], { object: `${home}\\Fuzz` }],
  [48, 9, {}, `${core}undo.beginGroup`, [], {}],
  [48, 10, {}, `${core}undo.cancelGroup`, [], { undo: true }],
  [48, 11, {}, `${core}undo.undo`, [], {}],
  [48, 12, {}, `${core}audio.import`, [], sound],
  [48, 13, {}, 'ak.wwise.waapi.getSchema', [], { uri: `${core}object.get` }],
  [48, 14, {}, `${core}soundbank.getInclusions`, [], { soundbank: 'SoundBank:Init' }],
  [32, 15, { return: ['id'] }, `${core}object.created`, [], {}],
  [34, 16, {}, '1', [], {}],
];
const frames = [
  '[1,"realm1",{"roles":{"caller":{},"subscriber":{}}}]',
  ...calls.map((call) => JSON.stringify(call)),
  '[34,10,1]',
  '[6,{},"wamp.close.normal"]',
  '[49,11,{}]',
  '[16,12,{},"a.b",[],{}]',
];

function request(random: () => number): string {
  if (random() < 0.15) return Array.from({ length: 200 }, () => character(random)).join('');
  const [, , options, uri, , args] = pick(calls, random);
  const body = JSON.stringify({ uri, args, options });
  const head = [
    'POST /waapi HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${random() < 0.8 ? Buffer.byteLength(body) : Math.floor(random() * 1e9)}`,
    ...(random() < 0.1 ? ['Upgrade: websocket', 'Connection: Upgrade'] : []),
  ];
  const text = `${head.join('\r\n')}\r\n\r\n${body}`;
  return random() < 0.7 ? mutated(text, random) : text;
}
