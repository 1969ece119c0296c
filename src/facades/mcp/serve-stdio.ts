import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Log } from '../../core/log.ts';
import { messageLines } from './message-lines.ts';

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
    transport: new StdioServerTransport(messageLines(streams.input, streams.output), streams.output, {
      maxBufferSize: longestMessageBytes,
    }),
    onerror: (error) => log.warn({ err: error }, 'protocol error'),
  });
  return { stop: () => handle.close() };
}

/** More than any line that comes through: the transport never has to give up. */
const longestMessageBytes = 512 * 1024 * 1024;
