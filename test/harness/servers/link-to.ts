import { connect, createServer, type Socket } from 'node:net';

/** A link to a server of a test that fails as the network between two machines does. */
export interface Link {
  /** The address of the server by way of this link. */
  readonly url: string;
  /** Ends every connection, and lets none in until it is mended. */
  cut(): void;
  /** Nothing comes through any more, and neither side hears of that, until it is mended. */
  silence(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a link to the server at this address. */
export async function linkTo(address: string): Promise<Link> {
  const { hostname, port } = new URL(address);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  const server = createServer((near) => {
    if (state === 'cut') return near.destroy();
    const far = connect(Number(port), hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('end', () => to.end());
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      if (state === 'silent') from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The link has no port.');
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  url.port = String(bound.port);
  const each = (act: (socket: Socket) => void): void => {
    for (const pair of pairs) for (const socket of pair) act(socket);
  };
  return {
    url: url.href,
    cut: () => {
      state = 'cut';
      each((socket) => socket.destroy());
    },
    silence: () => {
      state = 'silent';
      each((socket) => socket.pause());
    },
    mend: () => {
      state = 'whole';
      each((socket) => socket.resume());
    },
    close: async () => {
      each((socket) => socket.destroy());
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
