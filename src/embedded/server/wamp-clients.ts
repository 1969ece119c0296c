import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../../core/log.ts';
import { type AdmissionRules, admissionRefusal, isAtWaapi } from './admission.ts';
import { keepAlive } from './heartbeat.ts';
import type { SessionHost } from './session-host.ts';
import { serveWampSession, type WampSession } from './wamp-session.ts';

export interface WampClientRules extends AdmissionRules {
  readonly maxClients: number;
  readonly heartbeatMs: number;
  /** Called with each connection that has become a client's. */
  readonly onAccepted?: ((socket: Duplex) => void) | undefined;
  readonly log: Log;
}

export interface WampClients {
  close(): Promise<void>;
}

/** Takes the WebSocket clients of `server` at /waapi, each as a WAMP session of its own. */
export function acceptWampClients(server: Server, engine: SessionHost, rules: WampClientRules): WampClients {
  const sessions = new Map<WebSocket, WampSession>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    // Clients offer several, or none at all as the C# client of the game engine integrations does.
    handleProtocols: (offered) => (offered.has('wamp.2.json') ? 'wamp.2.json' : false),
  });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {});
    if (!isAtWaapi(request.url)) return refuse(socket, '404 Not Found', 'WAAPI is at /waapi.');
    const refused = admissionRefusal(request, rules);
    if (refused !== undefined) return refuse(socket, '403 Forbidden', refused);
    if (sessions.size >= rules.maxClients) {
      return refuse(socket, '503 Service Unavailable', `${rules.maxClients} clients are connected already.`);
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      rules.onAccepted?.(socket);
      sessions.set(client, serveWampSession(client, engine, rules.log, addressOf(request.socket)));
      keepAlive(client, rules.heartbeatMs);
      client.on('close', () => sessions.delete(client));
    });
  });

  return {
    async close() {
      for (const session of sessions.values()) session.sayGoodbye();
      await Promise.all([...sessions.keys()].map(closed));
      sockets.close();
    },
  };
}

/** As it stands in the log; an IPv4 address in its own form. */
function addressOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress.replace('::ffff:', '')}:${remotePort}`;
}

/** Just under the longest string Node can hold: WAAPI documents no limit and imports travel in one message. */
const maxMessageBytes = 512 * 1024 * 1024 - 64;
const closingTimeoutMs = 1000;

function refuse(socket: Duplex, status: string, reason: string): void {
  const body = `${reason}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // The other end may never close its own.
  const late = setTimeout(() => socket.destroy(), closingTimeoutMs);
  late.unref();
  socket.once('close', () => clearTimeout(late));
}

function closed(client: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (client.readyState === client.CLOSED) return resolve();
    const timer = setTimeout(() => client.terminate(), closingTimeoutMs);
    client.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.close(1001);
  });
}
