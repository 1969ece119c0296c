import { randomInt } from 'node:crypto';
import type { WebSocket } from 'ws';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { createBacklog } from '../../core/turns/backlog.ts';
import { WaapiError } from '../../wwise/connection/backend.ts';
import { createCallRoom } from './call-room.ts';
import type { SessionHost } from './session-host.ts';
import { createWampCalls } from './wamp-calls.ts';
import { largestInt32, readMessage, requestId, sizeOf, wamp } from './wamp-messages.ts';
import { waapiOptions } from './wamp-options.ts';

export interface WampSession {
  /** Says to the client that the server shuts down. */
  sayGoodbye(): void;
}

/**
 * Speaks WAMP with one client: the part of the basic profile that WAAPI uses, in exactly the frame shapes the strictest
 * official client parses. A bad frame ends the session with ABORT; a bad call gets its ERROR.
 */
export function serveWampSession(
  socket: WebSocket,
  engine: SessionHost,
  log: Log,
  from?: string,
): WampSession {
  const session = engine.openSession(from);
  const unsubscribes = new Map<number, () => void>();
  const calls = createWampCalls();
  const room = createCallRoom(mostUnderWay);
  let state: 'new' | 'joined' | 'over' = 'new';
  /** Those that have been asked for too. */
  let subscriptions = 0;
  let lastSubscription = 0;
  let lastPublication = 0;

  const send = (message: readonly Json[]): void => {
    if (socket.bufferedAmount > mostUnansweredBytes) hangUp();
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };

  const end = (): void => {
    if (state === 'over') return;
    state = 'over';
    session.close();
    unsubscribes.clear();
  };

  const abort = (message: string, uri = 'wamp.error.protocol_violation'): void => {
    log.warn({ reason: message }, 'a WAMP session was aborted');
    send([wamp.ABORT, { message }, uri]);
    end();
    socket.close(1002);
  };

  /** A client that reads nothing any more would make the server keep everything it is sent. */
  const hangUp = (): void => {
    if (state !== 'over')
      log.warn({ unreadBytes: socket.bufferedAmount }, 'a WAMP client does not read what it is sent');
    end();
    socket.terminate();
  };

  const refuse = (type: number, request: number, error: unknown): void => {
    const known =
      error instanceof WaapiError ? error : new WaapiError('ak.wwise.unexpected_error', String(error));
    const body = { message: known.message, details: known.details };
    send([wamp.ERROR, type, request, {}, known.uri, [], body]);
  };

  const answer = (type: number, request: number, work: Promise<readonly Json[]>): void => {
    work
      .then(send, (error: unknown) => refuse(type, request, error))
      .catch((error: unknown) => {
        refuse(
          type,
          request,
          new WaapiError('ak.wwise.unexpected_error', `The answer cannot be sent: ${String(error)}`),
        );
      });
  };

  const hello = (realm: Json | undefined) => {
    if (state !== 'new') return abort('HELLO came twice.');
    if (realm !== 'realm1')
      return abort(`The realm is "realm1", not ${JSON.stringify(realm)}.`, 'wamp.error.no_such_realm');
    state = 'joined';
    send([wamp.WELCOME, randomInt(1, largestInt32), { roles: { dealer: {}, broker: {} } }]);
  };

  const call = async (
    request: number,
    [options, uri, args, kwargs]: readonly Json[],
  ): Promise<readonly Json[]> => {
    const given = keywords(args, kwargs);
    const result = await calls.run(request, (signal) =>
      session.call(uriOf(uri), given, waapiOptions(optionsOf(options)), signal),
    );
    return [wamp.RESULT, request, {}, [], result];
  };

  const subscribe = async (request: number, [options, topic]: readonly Json[]): Promise<readonly Json[]> => {
    if (subscriptions >= mostSubscriptions) {
      throw new WaapiError(
        'ak.wwise.unavailable',
        `A client has at most ${mostSubscriptions} subscriptions: end one first.`,
      );
    }
    // Each SUBSCRIBE has its own options and therefore its own id, even for a topic subscribed before.
    lastSubscription += 1;
    const id = lastSubscription;
    const onEvent = (payload: JsonObject): void => {
      if (socket.bufferedAmount > mostUnreadBytes) {
        hangUp();
        return;
      }
      lastPublication = lastPublication === largestInt32 ? 1 : lastPublication + 1;
      send([wamp.EVENT, id, lastPublication, {}, [], payload]);
    };
    subscriptions += 1;
    const listening = session.subscribe(uriOf(topic), waapiOptions(optionsOf(options)), onEvent);
    const unsubscribe = await listening.catch((error: unknown) => {
      subscriptions -= 1;
      throw error;
    });
    if (state === 'over') unsubscribe();
    else unsubscribes.set(id, unsubscribe);
    return [wamp.SUBSCRIBED, request, id];
  };

  const unsubscribe = async (request: number, [id]: readonly Json[]): Promise<readonly Json[]> => {
    const stop = typeof id === 'number' ? unsubscribes.get(id) : undefined;
    if (typeof id !== 'number' || stop === undefined) {
      throw new WaapiError(
        'wamp.error.no_such_subscription',
        `There is no subscription ${JSON.stringify(id)}.`,
      );
    }
    stop();
    unsubscribes.delete(id);
    subscriptions -= 1;
    return [wamp.UNSUBSCRIBED, request];
  };

  const receive = ([type, first, ...rest]: readonly Json[], bytes: number) => {
    if (type === wamp.HELLO) return hello(first);
    if (type === wamp.GOODBYE) {
      send([wamp.GOODBYE, {}, 'wamp.close.goodbye_and_out']);
      end();
      return socket.close(1000);
    }
    if (type === wamp.ABORT) {
      end();
      return socket.close(1000);
    }
    if (state !== 'joined') return abort('The first message must be HELLO.');
    const request = requestId(first);
    if (type === wamp.CANCEL) return request === undefined ? undefined : calls.cancel(request, rest[0]);
    if (typeof type !== 'number' || request === undefined)
      return abort('The message has no valid type and request id.');
    if (type === wamp.CALL) return answer(type, request, room.hold(bytes, call(request, rest)));
    if (type === wamp.SUBSCRIBE) return answer(type, request, room.hold(bytes, subscribe(request, rest)));
    if (type === wamp.UNSUBSCRIBE) return answer(type, request, room.hold(bytes, unsubscribe(request, rest)));
    if (type === wamp.PUBLISH || type === wamp.REGISTER || type === wamp.UNREGISTER) {
      return refuse(
        type,
        request,
        new WaapiError('wamp.error.not_authorized', 'Clients only call and subscribe.'),
      );
    }
    abort(`WAMP message ${type} is unknown.`);
  };

  const greeting = setTimeout(() => abort('No HELLO came.'), greetingTimeoutMs);
  greeting.unref();
  const take = createBacklog(socket, mostUnreadBytes, (error) =>
    abort(`The message failed: ${String(error)}.`),
  );
  socket.on('message', (data, isBinary) => {
    clearTimeout(greeting);
    const bytes = sizeOf(data);
    take(bytes, async () => {
      await room.free();
      if (state === 'over') return;
      const message = isBinary ? undefined : await readMessage(data);
      if (message === undefined) return abort('The message is not a JSON array in a text frame.');
      if (!('excess' in message)) return receive(message, bytes);
      refuse(
        message.type,
        message.request,
        new WaapiError('ak.wwise.invalid_arguments', `The message ${message.excess}.`),
      );
    });
  });
  // Each is answered.
  socket.on('ping', () => {
    if (socket.bufferedAmount > mostUnreadBytes) hangUp();
  });
  socket.on('close', () => {
    clearTimeout(greeting);
    // What it asked for before is begun, and ends where nobody waits for it.
    room.open();
    take(0, end);
  });
  socket.on('error', (error) => log.debug({ error }, 'a WAMP socket failed'));

  return {
    sayGoodbye() {
      if (state === 'joined') send([wamp.GOODBYE, {}, 'wamp.close.system_shutdown']);
      end();
    },
  };
}

/** Whoever connects says who he is at once, or makes room for others. */
const greetingTimeoutMs = 10_000;
const mostUnreadBytes = 64 * 1024 * 1024;
/** Of what it asked for it may leave more unread: it may be at work on the first answers. */
const mostUnansweredBytes = 256 * 1024 * 1024;
/** Room for an import of many files, and for scripts that wait for nothing. */
const mostUnderWay = { calls: 50_000, bytes: 64 * 1024 * 1024 };
const mostSubscriptions = 1_000;

function uriOf(uri: Json | undefined): string {
  if (typeof uri === 'string') return uri;
  throw new WaapiError('ak.wwise.invalid_arguments', `The URI must be a string, not ${JSON.stringify(uri)}.`);
}

function optionsOf(options: Json | undefined): JsonObject {
  if (isJsonObject(options)) return options;
  throw new WaapiError('ak.wwise.invalid_options', 'The options must be an object.');
}

/**
 * WAAPI names all its arguments; some clients leave the positional ones, or both, out, or send null, and those after the
 * oldest samples send one empty object.
 */
function keywords(args: Json | undefined, kwargs: Json | undefined): JsonObject {
  const isEmpty = (value: Json): boolean => isJsonObject(value) && Object.keys(value).length === 0;
  if (args != null && !(Array.isArray(args) && args.every(isEmpty))) {
    throw new WaapiError(
      'ak.wwise.invalid_arguments',
      'Arguments go by name; the positional list must be empty.',
    );
  }
  if (kwargs == null) return {};
  if (isJsonObject(kwargs)) return kwargs;
  throw new WaapiError('ak.wwise.invalid_arguments', 'The arguments must be an object.');
}
