import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Log } from '../../base/log.ts';

/**
 * Serves MCP over a pair of streams, to clients of the 2025 and of the 2026 protocol alike.
 * `stop` ends the connection; requests in flight are cancelled.
 */
export function serveMcpOverStdio(
  build: () => McpServer,
  streams: { readonly input: Readable; readonly output: Writable },
  log: Log,
): { stop(): Promise<void> } {
  const handle = serveStdio(build, {
    transport: new StdioServerTransport(streams.input, streams.output, {
      maxBufferSize: longestMessageBytes,
    }),
    onerror: (error) => log.warn({ err: error }, 'protocol error'),
  });
  return { stop: () => handle.close() };
}

/** Room for a workflow of many thousand nodes; a longer message ends the connection. */
const longestMessageBytes = 64 * 1024 * 1024;
