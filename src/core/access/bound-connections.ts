import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface BoundConnections {
  /** Of one that speaks something else than HTTP by now: it goes for nobody. */
  keep(socket: Duplex): void;
}

/**
 * Holds a server to so many connections: a new one beyond them takes the place of the one that has been without a whole request for
 * longest, else of one that has not read on in its answer for `stallMs`, so that who opens many and says nothing, or reads nothing,
 * keeps nobody out. Where all are busy, the new one is closed.
 */
export function boundConnections(server: Server, most: number, stallMs: number): BoundConnections {
  /** In the order they became idle. */
  const idle = new Set<Duplex>();
  /** In the order they stopped reading. */
  const stalled = new Set<Duplex>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
      idle.delete(socket);
      stalled.delete(socket);
    });
    socket.on('drain', () => stalled.delete(socket));
    if (open > most) {
      const [longest = socket] = idle.size > 0 ? idle : stalled;
      idle.delete(longest);
      stalled.delete(longest);
      longest.destroy();
      if (longest === socket) return;
    }
    idle.add(socket);
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    // A body that is still to come keeps its connection among those that may have to go.
    const begin = (): void => void idle.delete(socket);
    if (request.readableEnded || isWithoutBody(request.headers)) begin();
    else request.once('end', begin);
    // Nothing came or went for so long. Who waits for an answer is left alone.
    response.setTimeout(stallMs, () => {
      if (socket.writableLength === 0) return;
      stalled.add(socket);
      cutOffLongest(stalled);
    });
    response.once('close', () => {
      stalled.delete(socket);
      if (!socket.destroyed) idle.add(socket);
    });
  });
  return { keep: (socket) => void idle.delete(socket) };
}

/** Answers that nobody reads fill the memory. */
function cutOffLongest(stalled: ReadonlySet<Duplex>): void {
  let bytes = 0;
  for (const { writableLength } of stalled) bytes += writableLength;
  for (const socket of stalled) {
    if (bytes <= mostUnreadBytes) return;
    bytes -= socket.writableLength;
    socket.destroy();
  }
}

const mostUnreadBytes = 256 * 1024 * 1024;

function isWithoutBody(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}
