import { createServer, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { boundConnections } from '../../core/access/bound-connections.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { AdmissionRules } from './admission.ts';
import { answerHttpPosts } from './http-posts.ts';
import type { SessionHost } from './session-host.ts';
import { acceptWampClients } from './wamp-clients.ts';
import { watchCalls } from './watchdog.ts';

export interface WaapiServerOptions extends AdmissionRules {
  readonly engine: SessionHost;
  /** Port for WAMP over WebSocket; 0: any free one, null: none. */
  readonly wampPort: number | null;
  /** Port for HTTP POST; 0: any free one, null: none. */
  readonly httpPort: number | null;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default 5, as WwiseConsole's. */
  readonly wampMaxClients?: number | undefined;
  /** Default 2, as WwiseConsole's. */
  readonly httpMaxClients?: number | undefined;
  /** Without a call for so long the watchdog barks. Default 0: there is none. */
  readonly watchdogTimeoutMs?: number | undefined;
  /** Silence after which a WAMP client is asked for a sign of life, in milliseconds. Default 30,000. */
  readonly heartbeatMs?: number | undefined;
  readonly log: Log;
}

export interface WaapiServer {
  /** `ws://127.0.0.1:8080/waapi`, or null when disabled. */
  readonly wampUrl: string | null;
  /** `http://127.0.0.1:8090/waapi`, or null when disabled. */
  readonly httpUrl: string | null;
  /** Resolves when the watchdog has waited in vain; never without one. */
  readonly starved: Promise<void>;
  /** Says goodbye to every client and stops listening. The engine stays open. */
  close(): Promise<void>;
}

/** Serves an engine to any WAAPI client. Rejects with INVALID_INPUT when it cannot listen on a port. */
export async function startWaapiServer(options: WaapiServerOptions): Promise<WaapiServer> {
  const { log, host = '127.0.0.1' } = options;
  const { engine, starved, stop: stopWatching } = watchCalls(options.engine, options.watchdogTimeoutMs ?? 0);
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    stopWatching();
    await Promise.all(closers.splice(0).map((closeOne) => closeOne()));
  };
  try {
    let wampUrl: string | null = null;
    if (options.wampPort !== null) {
      const server = createServer(patience, (_request, response) => {
        response
          .writeHead(426, { 'content-type': 'text/plain' })
          .end('This port speaks WAMP over WebSocket at /waapi.\n');
      });
      const connections = boundConnections(server, (options.wampMaxClients ?? 5) + strangers, stallMs);
      const clients = acceptWampClients(server, engine, {
        ...options,
        onAccepted: connections.keep,
        maxClients: options.wampMaxClients ?? 5,
        heartbeatMs: options.heartbeatMs ?? 30_000,
      });
      wampUrl = `ws://${await listen(server, host, options.wampPort)}/waapi`;
      closers.push(async () => {
        await clients.close();
        await stop(server);
      });
    }
    let httpUrl: string | null = null;
    if (options.httpPort !== null) {
      const server = createServer(patience);
      const connections = boundConnections(server, (options.httpMaxClients ?? 2) + strangers, stallMs);
      const posts = answerHttpPosts(server, engine, {
        ...options,
        maxClients: options.httpMaxClients ?? 2,
        onAccepted: connections.keep,
      });
      httpUrl = `http://${await listen(server, host, options.httpPort)}/waapi`;
      closers.push(async () => {
        posts.close();
        await stop(server);
      });
    }
    log.info({ wampUrl, httpUrl }, 'WAAPI server ready');
    return { wampUrl, httpUrl, starved, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whoever takes longer to say what he wants is not served. A body may take as long as its size needs. */
const patience = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, requestTimeout: 600_000 };
/** Connections beyond the clients': those that were let in but have said nothing yet. Of more, the longest silent one goes. */
const strangers = 64;
/** Who has not read on in its answer for so long may have to make room. */
const stallMs = 2_000;

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('error', (error) => {
      reject(
        new WwiseFlowError('INVALID_INPUT', `Cannot listen on ${host}:${port}: ${error.message}`, {
          hint: 'Choose another port, or stop the program that uses this one (Wwise itself listens on 8080 and 8090).',
          details: { host, port },
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      const realPort = typeof address === 'object' && address !== null ? address.port : port;
      resolve(`${isIPv6(host) ? `[${host}]` : host}:${realPort}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
