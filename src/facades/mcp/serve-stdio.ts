import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Log } from '../../core/log.ts';
import { stdioTransport } from './stdio-transport.ts';

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
    transport: stdioTransport(streams),
    onerror: (error) => log.warn({ err: error }, 'protocol error'),
  });
  return { stop: () => handle.close() };
}
