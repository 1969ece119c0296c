import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { framesOf } from './frames.ts';

/** What becomes of a frame. */
export type Fate = 'pass' | 'drop' | 'delay' | 'cut' | 'twice' | 'swap' | 'garbage' | 'close';

export const harms: readonly Fate[] = ['drop', 'delay', 'cut', 'twice', 'swap', 'garbage', 'close'];

/** From the server to Wwise, or from Wwise to the server. */
export type Way = 'there' | 'back';

export interface Proxy {
  readonly port: number;
  /** Decides the fate of each frame. By default all pass. */
  fate: (way: Way) => Fate;
  close(): Promise<void>;
}

const delayMs = 150;

/** Stands between a client and 127.0.0.1:`targetPort`, and does to each frame of WebSocket what `fate` says; the rest passes. */
export async function startProxy(targetPort: number, random: () => number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const wwise = connect(targetPort, '127.0.0.1');
    for (const socket of [client, wwise]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        wwise.destroy();
      });
    }
    relay(client, wwise, () => proxy.fate('there'), random);
    relay(wwise, client, () => proxy.fate('back'), random);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const proxy: Proxy = {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    fate: () => 'pass',
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

function relay(from: Socket, to: Socket, fate: () => Fate, random: () => number): void {
  const frames = framesOf();
  let held: Buffer | undefined;
  let turn: Promise<void> = Promise.resolve();
  const write = (bytes: Buffer) => {
    if (!to.destroyed) to.write(bytes);
  };
  const pass = async (frame: Buffer, what: Fate): Promise<void> => {
    const before = held;
    held = undefined;
    if (what === 'swap' && before === undefined) held = frame;
    else if (what === 'delay') await delay(delayMs);
    if (what === 'cut') {
      write(frame.subarray(0, Math.max(1, Math.floor(frame.length * random()))));
      to.end(() => from.destroy());
    } else if (what === 'close') from.destroy();
    else if (what === 'garbage')
      write(Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256))));
    if (!['drop', 'cut', 'close'].includes(what) && held === undefined) write(frame);
    if (what === 'twice') write(frame);
    if (before !== undefined) write(before);
  };
  from.on('data', (bytes) => {
    for (const piece of frames.push(bytes)) {
      const what = piece.isFrame ? fate() : 'pass';
      turn = turn.then(() => pass(piece.bytes, what));
    }
  });
}
