import { WebSocket } from 'ws';
import type { Json } from '../../../src/core/json.ts';

/** A client that writes frames as text and reads them as text: nothing between the test and the wire. */
export interface RawClient {
  readonly protocol: string;
  send(frame: string): void;
  /** The next frame, exactly as it came. */
  next(): Promise<string>;
  /** Sends and reads one frame. */
  ask(frame: string): Promise<string>;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
}

export async function rawClient(
  url: string,
  { protocols, origin }: { protocols?: string[]; origin?: string } = {},
): Promise<RawClient> {
  const socket = new WebSocket(url, protocols ?? [], origin === undefined ? {} : { headers: { origin } });
  const frames: string[] = [];
  const readers: ((frame: string) => void)[] = [];
  socket.on('message', (data) => {
    const reader = readers.shift();
    if (reader === undefined) frames.push(String(data));
    else reader(String(data));
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const next = () =>
    new Promise<string>((resolve) => {
      const frame = frames.shift();
      if (frame === undefined) readers.push(resolve);
      else resolve(frame);
    });
  return {
    protocol: socket.protocol,
    socket,
    closed,
    next,
    send: (frame) => socket.send(frame),
    ask(frame) {
      socket.send(frame);
      return next();
    },
  };
}

export function parse(frame: string): Json[] {
  return JSON.parse(frame);
}
