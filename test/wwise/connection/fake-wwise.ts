import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Json, JsonObject } from '../../../src/core/json.ts';

/** A call as it came over the wire. */
export interface SeenCall {
  readonly request: number;
  readonly uri: string;
  readonly args: JsonObject;
  readonly options: JsonObject;
  /** Which client connection it came over, counting from 1. */
  readonly link: number;
  readonly socket: WebSocket;
  /** The socket below the frames, to write what no WebSocket writes. */
  readonly raw: Socket;
  /** Answers with a RESULT. */
  result(kwargs: JsonObject): void;
  /** Answers with an ERROR. */
  error(uri: string, message: string, details?: JsonObject): void;
}

export interface FakeWwise {
  readonly url: string;
  readonly calls: SeenCall[];
  readonly subscriptions: { readonly topic: string; readonly options: JsonObject; readonly link: number }[];
  /** Decides what happens to each call; by default it is answered `{}`. */
  onCall: (call: SeenCall) => void;
  /** Decides what happens to a HELLO; by default it is welcomed. */
  onHello: (welcome: () => void, socket: WebSocket) => void;
  /** Decides whether a SUBSCRIBE is answered; by default it is. */
  confirmsSubscriptions: boolean;
  /** Sends an EVENT for a subscription id over the newest link. */
  publish(subscription: number, payload: JsonObject): void;
  dropAll(): void;
  close(): Promise<void>;
}

/** A WAMP router of a few lines that speaks frames on a real socket, to misbehave on purpose. */
export async function fakeWwise(port = 0): Promise<FakeWwise> {
  const server = new WebSocketServer({ port, host: '127.0.0.1', handleProtocols: () => 'wamp.2.json' });
  await new Promise((resolve) => server.once('listening', resolve));
  let links = 0;
  let newest: WebSocket | undefined;
  const send = (socket: WebSocket, message: readonly Json[]) => socket.send(JSON.stringify(message));
  const fake: FakeWwise = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/waapi`,
    calls: [],
    subscriptions: [],
    onCall: (call) => call.result({}),
    onHello: (welcome) => welcome(),
    confirmsSubscriptions: true,
    publish(subscription, payload) {
      if (newest !== undefined) send(newest, [36, subscription, 1, {}, [], payload]);
    },
    dropAll() {
      for (const socket of server.clients) socket.terminate();
    },
    close() {
      fake.dropAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  server.on('connection', (socket, request) => {
    socket.on('error', () => {});
    links += 1;
    const link = links;
    newest = socket;
    socket.on('message', (data) => {
      const [type, first, second, third, , fifth] = JSON.parse(String(data));
      const welcome = () => send(socket, [2, 4711, { roles: { dealer: {}, broker: {} } }]);
      if (type === 1) fake.onHello(welcome, socket);
      if (type === 6) send(socket, [6, {}, 'wamp.close.goodbye_and_out']);
      if (type === 32) {
        fake.subscriptions.push({ topic: third, options: second, link });
        if (fake.confirmsSubscriptions) send(socket, [33, first, fake.subscriptions.length]);
      }
      if (type === 34) send(socket, [35, first]);
      if (type !== 48) return;
      const call: SeenCall = {
        request: first,
        uri: third,
        args: fifth ?? {},
        options: second,
        link,
        socket,
        raw: request.socket,
        result: (kwargs) => send(socket, [50, first, {}, [], kwargs]),
        error: (uri, message, details = {}) =>
          send(socket, [8, 48, first, {}, uri, [], { message, details }]),
      };
      fake.calls.push(call);
      fake.onCall(call);
    });
  });
  return fake;
}
