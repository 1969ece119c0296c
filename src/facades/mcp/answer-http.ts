import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import type { Log } from '../../core/log.ts';

/** Answers requests of MCP over Streamable HTTP, of the 2025 and of the 2026 protocol alike. */
export interface McpOverHttp {
  answer(request: Request): Promise<Response>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** `build` makes a server for each request: nothing of one is left for the next. Bodies up to `mostBytes` are read. */
export function mcpOverHttp(build: () => McpServer, mostBytes: number, log: Log): McpOverHttp {
  const handler = createMcpHandler(build, {
    maxRequestBodySize: mostBytes,
    onerror: (error) => log.debug({ err: error }, 'protocol error'),
  });
  return { answer: (request) => handler.fetch(request), close: () => handler.close() };
}
