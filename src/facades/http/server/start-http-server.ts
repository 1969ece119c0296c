import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { boundConnections } from '../../../core/access/bound-connections.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import type { Log } from '../../../core/log.ts';
import { type ServerLimits, usualLimits } from './server-limits.ts';

export interface HttpServerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly limits?: Partial<ServerLimits> | undefined;
  readonly log: Log;
}

export interface HttpServer {
  /** As `http://127.0.0.1:4710`. */
  readonly url: string;
  /** Takes no more connections, lets what is under way end, and cuts off what has not ended soon. Never rejects. */
  close(): Promise<void>;
}

export type HttpFetch = (request: Request, env: HttpBindings) => Response | Promise<Response>;

/**
 * Listens, and hands over every request whose head came in time. A request that takes longer to arrive than its limit is
 * answered 408 and cut off; what is answered may take as long as it needs.
 * @throws WwiseFlowError INVALID_INPUT when the address cannot be listened on.
 */
export async function startHttpServer(
  fetch: HttpFetch,
  { host, port, limits: given, log }: HttpServerOptions,
): Promise<HttpServer> {
  const limits = { ...usualLimits, ...given };
  const listener = getRequestListener(
    (request, env) =>
      'incoming' in env && isOfHttp1(env) ? fetch(request, env) : new Response(null, { status: 505 }),
    { overrideGlobalObjects: false, errorHandler: () => new Response(null, { status: 400 }) },
  );
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs / 2),
      keepAliveTimeout: limits.idleMs,
    },
    (request, response) => {
      listener(request, response).catch((err: unknown) => {
        log.debug({ err }, 'an answer could not be sent');
        response.destroy();
      });
    },
  );
  server.maxHeadersCount = limits.headerCount;
  boundConnections(server, limits.connections, limits.stallMs);
  await listen(server, host, port);
  const { address, port: taken, family } = addressOf(server);
  const shown = family === 'IPv6' ? `[${address}]` : address;
  return { url: `http://${shown}:${taken}`, close: () => closeServer(server, limits.endMs) };
}

function isOfHttp1(env: object): env is HttpBindings {
  return 'outgoing' in env;
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    const isTaken = systemCode(cause) === 'EADDRINUSE';
    const why = isTaken
      ? 'another program listens there'
      : cause instanceof Error
        ? cause.message
        : String(cause);
    throw new WwiseFlowError('INVALID_INPUT', `Port ${port} of ${host} cannot be used: ${why}.`, {
      hint: 'Give another --port; 0 takes any that is free.',
      details: { host, port },
      cause,
    });
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens at no port.');
  return address;
}

async function closeServer(server: Server, endMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), endMs);
  await closed;
  clearTimeout(late);
}
