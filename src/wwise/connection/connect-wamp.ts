import { WebSocket } from 'ws';
import { asJsonObject, asString, type Json } from '../../core/json.ts';
import { shownAddress } from '../../core/secrets/without-credentials.ts';
import { type WaapiBackend, WaapiLinkError } from './backend.ts';
import { createRequests, type Requests } from './wamp-requests.ts';

export interface WampOptions {
  /** Time allowed from opening the socket to WELCOME. Default 5000. */
  readonly handshakeTimeoutMs?: number | undefined;
}

/**
 * Opens a WAMP session with the Wwise at `url` (`ws://127.0.0.1:8080/waapi`). Rejects with WaapiLinkError when nobody
 * answers, the handshake takes too long, or the peer refuses.
 */
export async function connectWamp(url: string, options: WampOptions = {}): Promise<WaapiBackend> {
  const session = openSession(url);
  const handshakeTimeoutMs = options.handshakeTimeoutMs ?? 5000;
  const late = () => session.end(`${shownAddress(url)} did not welcome us within ${handshakeTimeoutMs} ms.`);
  const timer = setTimeout(late, handshakeTimeoutMs);
  try {
    await session.welcomed;
  } finally {
    clearTimeout(timer);
  }
  return session.backend;
}

/** Messages of the WAMP basic profile that a caller and subscriber meets. */
const wamp = {
  HELLO: 1,
  WELCOME: 2,
  ABORT: 3,
  GOODBYE: 6,
  ERROR: 8,
  SUBSCRIBE: 32,
  SUBSCRIBED: 33,
  UNSUBSCRIBE: 34,
  UNSUBSCRIBED: 35,
  EVENT: 36,
  CALL: 48,
  RESULT: 50,
} as const;

/** Just under the longest string Node can hold: WAAPI documents no limit and sends whole SoundBanks in one message. */
const maxMessageBytes = 512 * 1024 * 1024 - 64;
const goodbyeTimeoutMs = 1000;

const socketOptions = {
  maxPayload: maxMessageBytes,
  perMessageDeflate: false,
  // A peer that says it closes, and does not, must not keep calls waiting.
  closeTimeout: 500,
};

interface Session {
  readonly welcomed: Promise<void>;
  readonly backend: WaapiBackend;
  /** Ends the session at once: everything that waits rejects. */
  end(reason: string, cause?: unknown): void;
}

function openSession(url: string): Session {
  const socket = openSocket(url);
  const requests = createRequests((message) => socket.send(message));
  const eventHandlers = new Map<Json, (payload: ReturnType<typeof asJsonObject>) => void>();
  const welcome = signal();
  const over = signal();
  let state: 'joining' | 'joined' | 'leaving' | 'over' = 'joining';

  const end = (reason: string, cause?: unknown): void => {
    if (state === 'over') return;
    state = 'over';
    socket.terminate();
    welcome.reject(new WaapiLinkError(reason, false, cause));
    requests.rejectAll(new WaapiLinkError(reason, true, cause));
    eventHandlers.clear();
    over.resolve();
  };

  const receive = (message: readonly Json[]) => {
    const [type, first, second] = message;
    switch (type) {
      case wamp.WELCOME:
        state = 'joined';
        return welcome.resolve();
      case wamp.ABORT:
        return end(`${shownAddress(url)} refused the session: ${asString(second) ?? 'no reason given'}.`);
      case wamp.GOODBYE:
        if (state === 'joined') socket.send(JSON.stringify([wamp.GOODBYE, {}, 'wamp.close.goodbye_and_out']));
        return end(`${shownAddress(url)} ended the session.`);
      case wamp.ERROR:
        return requests.refuse(second, message);
      case wamp.RESULT:
      case wamp.SUBSCRIBED:
      case wamp.UNSUBSCRIBED:
        return requests.answer(first, message);
      case wamp.EVENT:
        return eventHandlers.get(first ?? null)?.(asJsonObject(message[5]));
      default:
        return end(`${shownAddress(url)} sent an unknown WAMP message of type ${JSON.stringify(type)}.`);
    }
  };

  socket.on('upgrade', (response) => response.socket.setKeepAlive(true, 30_000));
  socket.on('open', () =>
    socket.send(JSON.stringify([wamp.HELLO, 'realm1', { roles: { caller: {}, subscriber: {} } }])),
  );
  socket.on('error', (error) =>
    end(`No WAAPI at ${shownAddress(url)}: ${error.message || error.name}`, error),
  );
  socket.on('close', () => end(`The link to ${shownAddress(url)} was lost.`));
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseMessage(String(data));
    if (message === undefined) end(`${shownAddress(url)} sent a message that is not WAMP JSON.`);
    else receive(message);
  });

  const joinedRequests = (): Requests => {
    if (state !== 'joined' || socket.readyState !== WebSocket.OPEN)
      throw new WaapiLinkError(`The link to ${shownAddress(url)} is closed.`, false);
    return requests;
  };

  const backend: WaapiBackend = {
    address: shownAddress(url),
    // Wwise takes the messages of a session one by one.
    keepsOrder: true,
    get isOpen() {
      return state === 'joined' && socket.readyState === WebSocket.OPEN;
    },
    async call(uri, args, options) {
      return await joinedRequests().send(wamp.CALL, [options, uri, [], args], (message) =>
        asJsonObject(message[4]),
      );
    },
    async subscribe(topic, options, onEvent) {
      // The handler is in place before the next message is read: an EVENT may follow in the same packet.
      const subscription = await joinedRequests().send(wamp.SUBSCRIBE, [options, topic], ([, , id]) => {
        eventHandlers.set(id ?? null, onEvent);
        return id ?? null;
      });
      return {
        async unsubscribe() {
          if (!eventHandlers.delete(subscription)) return;
          await joinedRequests().send(wamp.UNSUBSCRIBE, [subscription], () => undefined);
        },
      };
    },
    async close() {
      if (state === 'joined') {
        state = 'leaving';
        socket.send(JSON.stringify([wamp.GOODBYE, {}, 'wamp.close.close_realm']));
        const timer = setTimeout(over.resolve, goodbyeTimeoutMs);
        await over.settled;
        clearTimeout(timer);
      }
      end(`The link to ${shownAddress(url)} was closed.`);
    },
  };
  return { welcomed: welcome.settled, backend, end };
}

function openSocket(url: string): WebSocket {
  try {
    return new WebSocket(url, ['wamp.2.json'], socketOptions);
  } catch (error) {
    throw new WaapiLinkError(`"${shownAddress(url)}" is not a WebSocket address.`, false, error);
  }
}

function parseMessage(text: string): readonly Json[] | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

interface Signal {
  readonly settled: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A promise settled from outside. A rejection nobody waits for is not an unhandled one. */
function signal(): Signal {
  let resolve: () => void = () => {};
  let reject: (error: Error) => void = () => {};
  const settled = new Promise<void>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  settled.catch(() => {});
  return { settled, resolve, reject };
}
