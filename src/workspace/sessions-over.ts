import type { Log } from '../core/log.ts';
import type { ClientSession, SessionHost } from '../embedded/server/session-host.ts';
import { CallAbandoned, type WaapiBackend, WaapiError, WaapiLinkError } from '../wwise/connection/backend.ts';
import { createLink, type Link } from '../wwise/connection/link.ts';
import { onlyReads } from '../wwise/connection/reading-functions.ts';

/**
 * Sessions that lead elsewhere, each over a link of its own: what one client of a server asks is asked there in its name. A link
 * that is lost is opened again, and its subscriptions with it; what may have changed something is not sent a second time.
 */
export function sessionsOver(open: () => Promise<WaapiBackend>, log: Log): SessionHost {
  return {
    openSession(): ClientSession {
      const link = createLink(open, { subscribeLimitMs: 30_000, log });
      const keeping = keepOpen(link);
      return {
        call: (uri, args, options, signal) =>
          sent(link, uri, onlyReads(uri), (backend) => backend.call(uri, args, options, signal)),
        async subscribe(topic, options, onEvent) {
          const subscription = await sent(link, topic, true, () => link.subscribe(topic, options, onEvent));
          keeping.begin();
          return () => {
            subscription.unsubscribe().catch((err: unknown) => log.debug({ topic, err }, 'unsubscribing'));
          };
        },
        close() {
          keeping.end();
          link.close().catch((err: unknown) => log.debug({ err }, 'closing a session'));
        },
      };
    },
  };
}

async function sent<T>(
  link: Link,
  uri: string,
  isRepeatable: boolean,
  send: (backend: WaapiBackend) => Promise<T>,
): Promise<T> {
  for (let isSecond = false; ; isSecond = true) {
    const opening = link.backend();
    const { generation } = link;
    try {
      return await send(await opening);
    } catch (error) {
      if (error instanceof WaapiError || error instanceof CallAbandoned) throw error;
      if (!(error instanceof WaapiLinkError)) throw unavailable(error);
      if (generation === link.generation) link.drop();
      if (error.sent && !isRepeatable) throw outcomeUnknown(uri);
      if (isSecond) throw unavailable(error);
    }
  }
}

/** Who only listens calls nothing that would show the link to be gone. */
function keepOpen(link: Link): { begin(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (link.isOpen) return;
    link.drop();
    link.backend().catch(() => undefined);
  };
  return {
    begin() {
      timer ??= setInterval(look, lookEveryMs).unref();
    },
    end: () => clearInterval(timer),
  };
}

const lookEveryMs = 1_000;

function unavailable(error: unknown): WaapiError {
  const reason = error instanceof Error ? error.message : String(error);
  return new WaapiError(
    'ak.wwise.unavailable',
    `The process that has the project cannot be reached: ${reason}`,
  );
}

function outcomeUnknown(uri: string): WaapiError {
  return new WaapiError(
    'ak.wwise.unexpected_error',
    'The process that had the project ended before it answered: whether the call did anything is not known.',
    { procedureUri: uri },
  );
}
