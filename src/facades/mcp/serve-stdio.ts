import type { Readable, Writable } from 'node:stream';
import type { McpServer, Transport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Log } from '../../core/log.ts';
import type { McpConnection } from './server.ts';
import { stdioTransport } from './stdio-transport.ts';
import { type FollowedAddresses, followedAddresses } from './subscriptions/followed-addresses.ts';
import { cancelledBy, listenRequest } from './subscriptions/listen-request.ts';
import type { FollowResources } from './subscriptions/resource-updates.ts';

/**
 * Serves MCP over a pair of streams, to clients of the 2025 and of the 2026 protocol alike.
 * `stop` ends the connection; requests in flight are cancelled.
 */
export function serveMcpOverStdio(
  build: (connection: McpConnection) => McpServer,
  streams: { readonly input: Readable; readonly output: Writable },
  follow: FollowResources,
  log: Log,
): { stop(): Promise<void> } {
  let current: McpServer | undefined;
  const followed = followedAddresses(follow, (uri) => {
    current?.server
      .sendResourceUpdated({ uri })
      .catch((err: unknown) => log.debug({ err }, 'an update was lost'));
  });
  const transport = stdioTransport(streams);
  followListeners(transport, followed);
  const handle = serveStdio(
    ({ era }) => {
      current = build({ era, isLasting: true });
      return current;
    },
    { transport, onerror: (error) => log.warn({ err: error }, 'protocol error') },
  );
  return {
    stop: () => {
      followed.end();
      return handle.close();
    },
  };
}

/** The library answers who listens and who stops, and says it to nobody: so the messages are looked at on their way there. */
function followListeners(transport: Transport, followed: FollowedAddresses): void {
  const listening = new Map<string | number, readonly string[]>();
  let handle: Transport['onmessage'];
  const look = (message: unknown): void => {
    const listens = listenRequest(message);
    if (listens !== undefined && !listening.has(listens.id)) {
      listening.set(listens.id, listens.uris);
      for (const uri of listens.uris) followed.add(uri).catch(() => undefined);
    }
    const ended = cancelledBy(message);
    if (ended === undefined) return;
    for (const uri of listening.get(ended) ?? []) followed.remove(uri);
    listening.delete(ended);
  };
  Object.defineProperty(transport, 'onmessage', {
    get: () => handle,
    set: (given: NonNullable<Transport['onmessage']>) => {
      handle = (message, extra) => {
        look(message);
        given(message, extra);
      };
    },
  });
}
