import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Holds a server to so many connections: a new one beyond them takes the place of the one that has been without a whole request for
 * longest, so that who opens many and says nothing keeps nobody out. Where all are busy, the new one is closed.
 */
export function boundConnections(server: Server, most: number): void {
  /** In the order they became idle. */
  const idle = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
      idle.delete(socket);
    });
    if (open > most) {
      const [longest = socket] = idle;
      idle.delete(longest);
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
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
}

function isWithoutBody(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}
