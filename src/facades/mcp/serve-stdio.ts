import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
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

/**
 * The library answers who listens and who stops, and says it to nobody: so the messages are looked at on their way there. Who
 * listens is answered once changes are watched, so that none after the answer is missed.
 */
function followListeners(transport: Transport, followed: FollowedAddresses): void {
  const listening = new Map<
    string | number,
    { readonly uris: readonly string[]; readonly begun: Promise<unknown> }
  >();
  let handle: Transport['onmessage'];
  const begin = (uris: readonly string[]): Promise<unknown> => {
    const adding = Promise.allSettled(uris.map((uri) => followed.add(uri)));
    return Promise.race([adding, delay(mostPatienceMs, undefined, { ref: false })]);
  };
  const whenReady = (message: unknown): Promise<unknown> | undefined => {
    const listens = listenRequest(message);
    if (listens !== undefined && listens.uris.length > 0 && !listening.has(listens.id)) {
      const begun = begin(listens.uris);
      listening.set(listens.id, { uris: listens.uris, begun });
      return begun;
    }
    const ended = cancelledBy(message);
    const known = ended === undefined ? undefined : listening.get(ended);
    if (ended === undefined || known === undefined) return undefined;
    listening.delete(ended);
    return known.begun.then(() => {
      for (const uri of known.uris) followed.remove(uri);
    });
  };
  Object.defineProperty(transport, 'onmessage', {
    get: () => handle,
    set: (given: NonNullable<Transport['onmessage']>) => {
      handle = (message, extra) => {
        const ready = whenReady(message);
        if (ready === undefined) given(message, extra);
        else void ready.then(() => given(message, extra));
      };
    },
  });
}

/** A Wwise that does not answer keeps nobody from listening to it. */
const mostPatienceMs = 10_000;
