import { createMcpHandler, InMemoryServerEventBus, type McpServer } from '@modelcontextprotocol/server';
import type { Log } from '../../core/log.ts';
import { excessOf } from './message-size.ts';
import type { McpConnection } from './server.ts';
import { followedAddresses } from './subscriptions/followed-addresses.ts';
import { listenRequest } from './subscriptions/listen-request.ts';
import type { FollowResources } from './subscriptions/resource-updates.ts';

/** Answers requests of MCP over Streamable HTTP, of the 2025 and of the 2026 protocol alike. */
export interface McpOverHttp {
  /** `body`: that of a POST, which is measured before anything is parsed. */
  answer(request: Request, body?: Buffer): Promise<Response>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** `build` makes a server for each request: nothing of one is left for the next. Bodies up to `mostBytes` are read. */
export function mcpOverHttp(
  build: (connection: McpConnection) => McpServer,
  mostBytes: number,
  follow: FollowResources,
  log: Log,
): McpOverHttp {
  const onerror = (error: Error): void => log.debug({ err: error }, 'protocol error');
  const bus = new InMemoryServerEventBus(onerror);
  const followed = followedAddresses(follow, (uri) => bus.publish({ kind: 'resource_updated', uri }));
  const handler = createMcpHandler(({ era }) => build({ era, isLasting: false }), {
    maxRequestBodySize: mostBytes,
    maxSubscriptions: mostStreams,
    ...{ bus, onerror },
  });

  /** Follows what a request subscribes to for as long as its stream is open. */
  const listened = async (request: Request, uris: readonly string[]): Promise<Response> => {
    await Promise.all(uris.map((uri) => followed.add(uri)));
    const end = (): void => {
      for (const uri of uris) followed.remove(uri);
    };
    const response = await handler.fetch(request);
    const isOpen = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isOpen && !request.signal.aborted) request.signal.addEventListener('abort', end, { once: true });
    else end();
    return response;
  };

  return {
    answer: async (request, body) => {
      if (body === undefined) return handler.fetch(request);
      const excess = await excessOf(body);
      if (excess !== undefined) {
        const { id, ...error } = excess;
        return Response.json({ jsonrpc: '2.0', id, error }, { status: 400 });
      }
      const { url, method, headers, signal } = request;
      const whole = new Request(url, { method, headers, body: new Uint8Array(body), signal });
      const uris = body.includes('subscriptions/listen') ? (listenRequest(parsed(body))?.uris ?? []) : [];
      return uris.length === 0 ? handler.fetch(whole) : listened(whole, uris);
    },
    close: () => {
      followed.end();
      return handler.close();
    },
  };
}

/** Each keeps a connection, and those are bounded for all clients together. */
const mostStreams = 100;

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
