import { createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import { connectWamp } from '../../src/wwise/connection/connect-wamp.ts';
import { type ConnectionOptions, createConnection } from '../../src/wwise/connection/connection.ts';
import type { Waapi } from '../../src/wwise/connection/waapi.ts';
import { type WatchedLinks, watchedLinks } from '../harness/lost-link.ts';
import { type FakeWwise, fakeWwise, type SeenCall } from '../wwise/connection/fake-wwise.ts';

const get = 'ak.wwise.core.object.get';
const create = 'ak.wwise.core.object.create';

let wwise: FakeWwise;
let waapi: Waapi;
let links: WatchedLinks;

function connect(options: Partial<ConnectionOptions> = {}, handshakeTimeoutMs = 60_000): Waapi {
  const { url } = wwise;
  links = watchedLinks(() => connectWamp(url, { handshakeTimeoutMs }));
  waapi = createConnection({ open: links.open, address: url, log: silentLog, ...options });
  return waapi;
}

async function failure(promise: Promise<unknown>): Promise<WwiseFlowError> {
  const error = await promise.then(
    (value) => value,
    (reason: unknown) => reason,
  );
  if (error instanceof WwiseFlowError) return error;
  throw new Error(`Expected a WwiseFlowError, got ${JSON.stringify(error)}`);
}

async function seen(count: number): Promise<void> {
  while (wwise.calls.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
}

const uris = () => wwise.calls.map(({ uri }) => uri);
const never: Error = new Error('nothing came');

/**
 * Fails where nothing comes at once: well before the time limits of calls and handshakes could be what ended it, and late
 * enough for a busy machine.
 */
async function atOnce<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(never), 20_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

beforeEach(async () => {
  wwise = await fakeWwise();
});

afterEach(async () => {
  await waapi.close();
  await wwise.close();
});

/** Ways to lose an answer after the call arrived. */
const losses: Readonly<Record<string, (call: SeenCall) => void>> = {
  'the socket is reset': (call) => call.raw.resetAndDestroy(),
  'the socket ends': (call) => call.raw.end(),
  'the server says it closes, then does nothing': (call) => {
    call.raw.write(Buffer.from([0x88, 0x02, 0x03, 0xe8]));
  },
  'the answer breaks off inside a frame': (call) => {
    const text = Buffer.from(`[50,${call.request},{},[],{"id":"{A}","name":`);
    call.raw.write(Buffer.concat([Buffer.from([0x81, text.length + 40]), text]));
    call.raw.end();
  },
  'the answer breaks off inside the header of a frame': (call) => {
    call.raw.end(Buffer.from([0x81, 0x7e, 0x01]));
  },
  'a frame breaks the rules of WebSocket': (call) => {
    call.raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff]));
  },
  'the answer is no JSON': (call) => call.socket.send('{"id": "{A}"'),
  'the answer is JSON, but no list': (call) => call.socket.send('{"id": "{A}"}'),
  'the answer is binary': (call) => call.socket.send(Buffer.from('[50,1,{},[],{}]'), { binary: true }),
  'a message has a type WAMP does not know': (call) => call.socket.send('[51, 1, {}]'),
  'a message has a type only servers are sent': (call) => call.socket.send('[48, 1, {}, "x"]'),
  'a message is an empty list': (call) => call.socket.send('[]'),
  'Wwise says goodbye': (call) => call.socket.send('[6, {}, "wamp.close.system_shutdown"]'),
  'Wwise aborts the session': (call) => call.socket.send('[3, {}, "wamp.error.no_such_realm"]'),
};

describe.each(Object.entries(losses))('when %s after a call was sent', (_name, lose) => {
  it('a changing call fails at once as OUTCOME_UNKNOWN, says what to check and is not sent again', async () => {
    connect();
    wwise.onCall = (call) => (call.link === 1 ? lose(call) : call.result({}));
    const error = await atOnce(failure(waapi.call(create, { name: 'Step' })));
    expect(error).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      retryable: false,
      hint: expect.stringMatching(/get_object|query_waql/),
      details: { procedure: create, arguments: { name: 'Step' } },
    });
    await waapi.call(get);
    expect(uris()).toEqual([create, get]);
  });

  it('a reading call is sent once more, over a fresh link', async () => {
    connect();
    wwise.onCall = (call) => (call.link === 1 ? lose(call) : call.result({ return: [] }));
    expect(await atOnce(waapi.call(get))).toEqual({ return: [] });
    expect(wwise.calls.map(({ link }) => link)).toEqual([1, 2]);
  });

  it('calls that wait behind it are sent once, in their order, over the fresh link', async () => {
    connect();
    wwise.onCall = (call) => (call.link === 1 ? lose(call) : call.result({}));
    const first = failure(waapi.call(create, { n: 0 }));
    const rest = [1, 2, 3].map((n) => waapi.call(create, { n }));
    expect((await first).code).toBe('OUTCOME_UNKNOWN');
    await atOnce(Promise.all(rest));
    expect(wwise.calls.map(({ args, link }) => [args.n, link])).toEqual([
      [0, 1],
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
  });
});

describe('a link that was lost before a call was sent', () => {
  it.each([
    ['reset', (call: SeenCall) => call.raw.resetAndDestroy()],
    ['closed in order', (call: SeenCall) => call.socket.close()],
    ['said to be closing', (call: SeenCall) => call.raw.write(Buffer.from([0x88, 0x02, 0x03, 0xe8]))],
  ])('and was %s costs nothing: the call goes out once, over a fresh one', async (_how, lose) => {
    connect();
    await waapi.call(get);
    const [first] = wwise.calls;
    if (first !== undefined) lose(first);
    await links.lost();
    expect(await waapi.call(create, { n: 1 })).toEqual({});
    expect(wwise.calls.map(({ uri, link }) => [uri, link])).toEqual([
      [get, 1],
      [create, 2],
    ]);
  });

  it('keeps a call that belongs to it from being sent over the fresh one', async () => {
    connect();
    await waapi.call(create);
    const link = waapi.linkCount;
    wwise.dropAll();
    await links.lost();
    const error = await failure(waapi.call('ak.wwise.core.undo.endGroup', {}, {}, { link }));
    expect(error).toMatchObject({ code: 'WAAPI_UNAVAILABLE', hint: expect.stringContaining('Look in') });
    expect(uris()).toEqual([create]);
    await waapi.call(get, {}, {}, { link: waapi.linkCount });
    expect(uris()).toEqual([create, get]);
  });
});

describe('answers that belong to nothing', () => {
  it('are passed over: wrong ids, answers before and after their time, events without a subscription', async () => {
    connect();
    wwise.onCall = (call) => {
      call.socket.send(`[50,${call.request + 7},{},[],{"wrong":true}]`);
      call.socket.send(`[8,48,${call.request + 9},{},"ak.wwise.locked",[],{}]`);
      call.socket.send('[50]');
      call.socket.send('[50,"1",{},[],{"wrong":true}]');
      call.socket.send('[36,99,1,{},[],{}]');
      call.socket.send('[33,400,12]');
      call.result({ right: true });
      call.result({ twice: true });
    };
    expect(await waapi.call(create)).toEqual({ right: true });
    expect(await waapi.call(get)).toEqual({ right: true });
    expect(wwise.calls.map(({ link }) => link)).toEqual([1, 1]);
  });

  it('do not answer a call: one that only gets those ends by its time limit', async () => {
    connect();
    wwise.onCall = (call) => call.socket.send(`[50,${call.request + 1},{},[],{}]`);
    expect((await failure(waapi.call(create, {}, {}, { timeoutMs: 50 }))).code).toBe('OUTCOME_UNKNOWN');
    expect(uris()).toEqual([create]);
  });

  it('may lack what WAMP asks for, and an error may lack everything', async () => {
    connect();
    wwise.onCall = (call) => call.socket.send(`[50,${call.request}]`);
    expect(await waapi.call(create)).toEqual({});
    wwise.onCall = (call) => call.socket.send(`[8,48,${call.request}]`);
    expect((await failure(waapi.call(create))).code).toBe('WAAPI_ERROR');
  });
});

describe('a Wwise that is slow', () => {
  it('may send an answer byte by byte', async () => {
    connect();
    wwise.onCall = async (call) => {
      const text = Buffer.from(`[50,${call.request},{},[],{"id":"{Ä}"}]`);
      for (const byte of Buffer.concat([Buffer.from([0x81, text.length]), text])) {
        call.raw.write(Buffer.from([byte]));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    };
    expect(await waapi.call(create)).toEqual({ id: '{Ä}' });
  });

  it('may take as long as the limit of the function says, however short the others are', async () => {
    connect({ timeLimitsMs: { default: 20, [create]: 60_000 } });
    wwise.onCall = (call) => setTimeout(() => call.result({}), 100);
    expect(await waapi.call(create)).toEqual({});
    expect((await failure(waapi.call(get))).code).toBe('WAAPI_TIMEOUT');
  });

  it('gets a fresh link when read after read stays without an answer', async () => {
    connect();
    wwise.onCall = (call) => {
      if (call.link > 1) call.result({});
    };
    const brief = { timeoutMs: 30 };
    for (let n = 0; n < 3; n++)
      expect((await failure(waapi.call(get, {}, {}, brief))).code).toBe('WAAPI_TIMEOUT');
    expect(await waapi.call(get)).toEqual({});
    expect(wwise.calls.map(({ link }) => link)).toEqual([1, 1, 1, 2]);
  });

  it('and never confirms a subscription keeps nobody else waiting', async () => {
    connect({ timeLimitsMs: { subscribe: 50 } });
    wwise.confirmsSubscriptions = false;
    const subscribing = failure(waapi.subscribe('ak.wwise.core.project.saved', {}, () => {}));
    const reading = waapi.call(get);
    expect((await atOnce(subscribing)).code).toBe('WAAPI_TIMEOUT');
    expect(await atOnce(reading)).toEqual({});
  });

  it('and never confirms a renewed subscription keeps no call waiting', async () => {
    // Long enough for the first one and the last to be confirmed on a busy machine.
    connect({ timeLimitsMs: { subscribe: 1_000 } });
    await waapi.subscribe('ak.wwise.core.project.saved', {}, () => {});
    wwise.confirmsSubscriptions = false;
    wwise.dropAll();
    await links.lost();
    const error = await atOnce(failure(waapi.call(create)));
    expect(error.code).toBe('WAAPI_UNAVAILABLE');
    expect(uris()).toEqual([]);
    wwise.confirmsSubscriptions = true;
    expect(await waapi.call(create)).toEqual({});
  });
});

describe('a thousand calls in the queue', () => {
  const many = Array.from({ length: 1000 }, (_, n) => n);

  it('are each sent exactly once, in order, although the link breaks again and again', async () => {
    connect();
    wwise.onCall = (call) => (Number(call.args.n) % 250 === 100 ? call.raw.destroy() : call.result({}));
    const codes = await Promise.all(
      many.map((n) =>
        waapi.call(create, { n }).then(
          () => 'ok',
          (error: WwiseFlowError) => error.code,
        ),
      ),
    );
    expect(many.filter((n) => codes[n] !== 'ok')).toEqual([100, 350, 600, 850]);
    expect(new Set(codes)).toEqual(new Set(['ok', 'OUTCOME_UNKNOWN']));
    expect(wwise.calls.map(({ args }) => args.n)).toEqual(many);
  });

  it('fail together when Wwise goes away for good: one with an unknown outcome, none of the others sent', async () => {
    connect();
    let gone: Promise<void> | undefined;
    wwise.onCall = () => {
      gone = wwise.close();
    };
    const failures = many.map((n) => failure(waapi.call(create, { n })));
    const errors = await atOnce(Promise.all(failures));
    expect(errors.map(({ code }) => code).filter((code) => code !== 'WAAPI_UNAVAILABLE')).toEqual([
      'OUTCOME_UNKNOWN',
    ]);
    expect(errors[0]?.code).toBe('OUTCOME_UNKNOWN');
    expect(wwise.calls).toHaveLength(1);
    await gone;
  });

  it('do not each wait for a peer that never welcomes', async () => {
    connect({}, 200);
    wwise.onHello = () => {};
    const errors = await atOnce(Promise.all(many.map((n) => failure(waapi.call(get, { n })))));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['WAAPI_UNAVAILABLE']));
  });

  it('leave the queue when they are cancelled, and make room', async () => {
    connect();
    const held: SeenCall[] = [];
    wwise.onCall = (call) => held.push(call);
    const first = waapi.call(create, { n: 'first' });
    await seen(1);
    const abort = new AbortController();
    const { signal } = abort;
    const waiting = many.slice(1).map((n) => failure(waapi.call(create, { n }, {}, { signal })));
    expect((await failure(waapi.call(create))).code).toBe('WAAPI_LOCKED');
    abort.abort();
    const codes = await atOnce(Promise.all(waiting));
    expect(new Set(codes.map(({ code }) => code))).toEqual(new Set(['CANCELLED']));
    const next = waapi.call(get, { n: 'next' });
    wwise.onCall = (call) => call.result({});
    held[0]?.result({});
    await Promise.all([first, next]);
    expect(wwise.calls.map(({ args }) => args.n)).toEqual(['first', 'next']);
  });

  it('may be fewer where the queue is to be shorter', async () => {
    connect({ maxQueueLength: 2 });
    wwise.onCall = (call) => setTimeout(() => call.result({}), 20);
    const two = [waapi.call(create), waapi.call(create)];
    const error = await failure(waapi.call(create, { name: 'Third' }));
    expect(error).toMatchObject({
      code: 'WAAPI_LOCKED',
      retryable: true,
      message: expect.stringContaining('2 calls wait'),
      details: { queued: 2 },
    });
    await Promise.all(two);
    expect(wwise.calls).toHaveLength(2);
  });
});

describe('opening a link', () => {
  it('fails in good time when WELCOME never comes', async () => {
    connect({}, 100);
    wwise.onHello = () => {};
    const error = await atOnce(failure(waapi.call(create)));
    expect(error).toMatchObject({ code: 'WAAPI_UNAVAILABLE', retryable: true });
    expect(error.message).toContain('did not welcome us within 100 ms');
    expect(uris()).toEqual([]);
  });

  it.each([
    ['closes instead', (socket: { close(): void }) => socket.close()],
    ['aborts', (socket: { send(text: string): void }) => socket.send('[3,{},"wamp.error.not_authorized"]')],
    ['answers with noise', (socket: { send(text: string): void }) => socket.send('hello!')],
  ])('fails at once when the peer %s', async (_how, answer) => {
    connect();
    wwise.onHello = (_welcome, socket) => answer(socket);
    expect((await atOnce(failure(waapi.call(create)))).code).toBe('WAAPI_UNAVAILABLE');
    expect(uris()).toEqual([]);
  });

  it('fails in good time on a peer that accepts and says nothing, or speaks another language', async () => {
    for (const greet of [() => {}, (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')]) {
      const server = createTcpServer((socket) => greet(socket.on('error', () => {})));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const open = () => connectWamp(`ws://127.0.0.1:${port}/waapi`, { handshakeTimeoutMs: 100 });
      const other = createConnection({ open, address: 'other', log: silentLog });
      expect((await atOnce(failure(other.call(create)))).code).toBe('WAAPI_UNAVAILABLE');
      await other.close();
      server.close();
    }
    connect();
  });

  it('works as soon as Wwise is there, after calls that were refused before', async () => {
    const port = Number(new URL(wwise.url).port);
    await wwise.close();
    connect();
    expect((await atOnce(failure(waapi.call(create)))).code).toBe('WAAPI_UNAVAILABLE');
    wwise = await fakeWwise(port);
    expect(await waapi.call(create)).toEqual({});
    expect(uris()).toEqual([create]);
  });

  it('waits a moment for a Wwise that was there just now, and sends the call once', async () => {
    const port = Number(new URL(wwise.url).port);
    connect();
    await waapi.call(get);
    await wwise.close();
    await links.lost();
    const call = waapi.call(create);
    await new Promise((resolve) => setTimeout(resolve, 150));
    wwise = await fakeWwise(port);
    expect(await call).toEqual({});
    expect(uris()).toEqual([create]);
  });

  it('is given up by a caller who cancels meanwhile', async () => {
    connect();
    wwise.onHello = () => {};
    const abort = new AbortController();
    const call = failure(waapi.call(create, {}, {}, { signal: abort.signal }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    abort.abort();
    expect((await atOnce(call)).code).toBe('CANCELLED');
    wwise.dropAll();
  });
});

describe('a Wwise that is locked', () => {
  it('does not keep a caller who cancels between two attempts, when nothing is under way', async () => {
    const abort = new AbortController();
    // Right after the answer came, before the next attempt can: while one is under way its outcome would be unknown.
    const cancelOnceAnswered = () => setImmediate(() => abort.abort());
    connect({
      open: async () => {
        const backend = await connectWamp(wwise.url);
        const call: typeof backend.call = (...sent) => backend.call(...sent).finally(cancelOnceAnswered);
        return { ...backend, call };
      },
    });
    wwise.onCall = (call) => call.error('ak.wwise.locked', 'A modal dialog is open.');
    const call = failure(waapi.call(create, {}, {}, { signal: abort.signal }));
    expect((await atOnce(call)).code).toBe('CANCELLED');
    expect(wwise.calls).toHaveLength(1);
  });

  it('is reported at once where no patience is wanted', async () => {
    connect({ lockedPatienceMs: 0 });
    wwise.onCall = (call) => call.error('ak.wwise.locked', 'A modal dialog is open.');
    expect(await failure(waapi.call(create))).toMatchObject({
      code: 'WAAPI_LOCKED',
      retryable: true,
      hint: expect.stringContaining('dialog'),
    });
    expect(wwise.calls).toHaveLength(1);
  });

  it('that loses the link while it is asked again leaves the outcome unknown', async () => {
    connect();
    wwise.onCall = (call) =>
      wwise.calls.length < 3 ? call.error('ak.wwise.locked', 'Loading.') : call.raw.destroy();
    expect((await failure(waapi.call(create))).code).toBe('OUTCOME_UNKNOWN');
    expect(wwise.calls).toHaveLength(3);
  });
});
