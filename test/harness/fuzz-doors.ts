import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';

export interface Doors {
  /** `ws://127.0.0.1:PORT/waapi` and `http://127.0.0.1:PORT/waapi`. */
  readonly wampUrl: string;
  readonly httpUrl: string;
}

export interface DoorFuzz {
  /** Clients that came, and messages or requests they sent. */
  readonly clients: number;
  readonly messages: number;
}

/**
 * Sends clients with random and mutated messages to both doors, one after the other, at most `clients` and `limitMs`.
 * After each few a well-behaved client must get its answer. Same seed, same messages.
 */
export async function fuzzDoors(
  doors: Doors,
  { clients, limitMs, seed }: { readonly clients: number; readonly limitMs: number; readonly seed: number },
): Promise<DoorFuzz> {
  const random = generator(seed);
  const end = Date.now() + limitMs;
  let messages = 0;
  let came = 0;
  for (; came < clients && Date.now() < end; came++) {
    const kind = random();
    if (kind < 0.6) messages += await oddWampClient(doors.wampUrl, random);
    else if (kind < 0.9) messages += await oddStranger(doors.httpUrl, request(random));
    else messages += await oddStranger(doors.wampUrl, request(random));
    if (came % 16 === 0) await answers(doors);
  }
  await answers(doors);
  return { clients: came, messages };
}

/** Throws when a client that keeps the rules is not served on either door. */
async function answers({ wampUrl, httpUrl }: Doors): Promise<void> {
  const body = '{"uri":"ak.wwise.core.ping"}';
  const response = await fetch(httpUrl, { method: 'POST', body, headers: { connection: 'close' } });
  if ((await response.text()) !== '{"isAvailable":true}') throw new Error('the HTTP door is stuck');
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
    throw new Error(`the WAMP door is stuck: ${replies[1]}`);
}

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

const home = '\\\\Containers\\\\Default Work Unit';
const frames = [
  '[1,"realm1",{"roles":{"caller":{},"subscriber":{}}}]',
  '[48,1,{},"ak.wwise.core.getInfo",[],{}]',
  '[48,2,{"return":["id","name","@Volume"]},"ak.wwise.core.object.get",[],{"waql":"$ from type Sound where name : \\"a\\""}]',
  `[48,3,{},"ak.wwise.core.object.create",[],{"parent":"${home}","type":"Sound","name":"Fuzz","onNameConflict":"rename"}]`,
  `[48,4,{},"ak.wwise.core.object.set",[],{"objects":[{"object":"${home}","children":[{"type":"Sound","name":"x","@Volume":-3}],"onNameConflict":"merge"}]}]`,
  `[48,5,{},"ak.wwise.core.object.setProperty",[],{"object":"${home}","property":"Volume","value":1}]`,
  '[48,6,{},"ak.wwise.core.undo.beginGroup"]',
  '[48,7,{},"ak.wwise.core.undo.undo",[]]',
  '[48,8,{},"ak.wwise.waapi.getSchema",[],{"uri":"ak.wwise.core.object.get"}]',
  '[32,9,{"return":["id"]},"ak.wwise.core.object.created"]',
  '[34,10,1]',
  '[6,{},"wamp.close.normal"]',
  '[49,11,{}]',
  '[16,12,{},"a.b",[],{}]',
];

function request(random: () => number): string {
  if (random() < 0.15) return Array.from({ length: 200 }, () => character(random)).join('');
  const [, , options, uri, , args] = JSON.parse(pick(frames.slice(1, 9), random));
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

function value(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth === 0 ? 6 : 8));
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return pick([0, -1, 1, 2 ** 31, 2 ** 53, 1e308, 48, 32, 34, 8, 50], random);
  if (kind <= 5) return pick(words, random);
  const items = Array.from({ length: Math.floor(random() * 5) }, () => value(random, depth - 1));
  if (kind === 6) return items;
  return Object.fromEntries(items.map((item) => [pick(words, random), item]));
}

const words = [
  ...[
    'ak.wwise.core.object.get',
    'ak.wwise.core.ping',
    'ak.wwise.core.object.set',
    'uri',
    'args',
    'waql',
    'return',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '',
    '\u0000',
    'é',
    '\ud800',
    '\\Containers',
    '{',
    'x'.repeat(3000),
  ],
];

/** One to four cuts, doublings or foreign characters. */
function mutated(text: string, random: () => number): string {
  let changed = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * (changed.length + 1));
    const length = Math.floor(random() * 8);
    const [head, middle, tail] = [
      changed.slice(0, at),
      changed.slice(at, at + length),
      changed.slice(at + length),
    ];
    const kind = Math.floor(random() * 4);
    if (kind === 0) changed = head + tail;
    else if (kind === 1) changed = head + middle + middle + tail;
    else if (kind === 2) changed = head + character(random) + tail;
    else changed = head + JSON.stringify(value(random, 2)) + tail;
  }
  return changed;
}

function character(random: () => number): string {
  return String.fromCharCode(Math.floor(random() * 256));
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
