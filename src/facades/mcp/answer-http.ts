import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import type { Log } from '../../core/log.ts';
import { excessOf } from './message-size.ts';

/** Answers requests of MCP over Streamable HTTP, of the 2025 and of the 2026 protocol alike. */
export interface McpOverHttp {
  /** `body`: that of a POST, which is measured before anything is parsed. */
  answer(request: Request, body?: Buffer): Promise<Response>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** `build` makes a server for each request: nothing of one is left for the next. Bodies up to `mostBytes` are read. */
export function mcpOverHttp(build: () => McpServer, mostBytes: number, log: Log): McpOverHttp {
  const handler = createMcpHandler(build, {
    maxRequestBodySize: mostBytes,
    maxSubscriptions: mostStreams,
    onerror: (error) => log.debug({ err: error }, 'protocol error'),
  });
  return {
    answer: async (request, body) => {
      if (body === undefined) return handler.fetch(request);
      const excess = await excessOf(body);
      if (excess !== undefined) {
        const { id, ...error } = excess;
        return Response.json({ jsonrpc: '2.0', id, error }, { status: 400 });
      }
      const { url, method, headers, signal } = request;
      return handler.fetch(new Request(url, { method, headers, body: new Uint8Array(body), signal }));
    },
    close: () => handler.close(),
  };
}

/** Each keeps a connection, and those are bounded for all clients together. Nothing that is offered changes while a server goes on. */
const mostStreams = 100;
