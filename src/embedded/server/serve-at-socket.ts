import { createServer } from 'node:http';
import type { Log } from '../../core/log.ts';
import type { SessionHost } from './session-host.ts';
import { acceptWampClients } from './wamp-clients.ts';

/**
 * Serves an engine by WAMP at a socket of the file system. Who may connect is said by the folder it lies in. Rejects with what the
 * system says.
 */
export async function serveAtSocket(
  engine: SessionHost,
  path: string,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.writeHead(426).end();
  });
  const clients = acceptWampClients(server, engine, {
    ...{ maxClients: 32, heartbeatMs: 30_000, log },
    // A socket of the file system has no addresses.
    allowedAddresses: ['*'],
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  // It must not keep a process that has nothing else to do.
  server.unref();
  return {
    async close() {
      await clients.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
