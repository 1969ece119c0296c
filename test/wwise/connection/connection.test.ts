import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { connectWamp } from '../../../src/wwise/connection/connect-wamp.ts';
import { type ConnectionOptions, createConnection } from '../../../src/wwise/connection/connection.ts';
import type { Waapi } from '../../../src/wwise/connection/waapi.ts';
import { type WatchedLinks, watchedLinks } from '../../harness/lost-link.ts';
import { type FakeWwise, fakeWwise } from './fake-wwise.ts';

const get = 'ak.wwise.core.object.get';
const create = 'ak.wwise.core.object.create';

let wwise: FakeWwise;
let waapi: Waapi;
let links: WatchedLinks;

function connect(options: Partial<ConnectionOptions> = {}): Waapi {
  const { url } = wwise;
  links = watchedLinks(() => connectWamp(url));
  waapi = createConnection({ open: links.open, address: url, log: silentLog, ...options });
  return waapi;
}

async function failure(promise: Promise<unknown>): Promise<WwiseFlowError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WwiseFlowError)) throw new Error(`Expected a WwiseFlowError, got ${String(error)}`);
  return error;
}

/** Resolves when the fake has seen `count` calls. */
async function seen(count: number): Promise<void> {
  while (wwise.calls.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
}

beforeEach(async () => {
  wwise = await fakeWwise();
});

afterEach(async () => {
  await waapi.close();
  await wwise.close();
});

describe('a call', () => {
  it('sends arguments as keywords and options as WAMP options, and gives the bare result', async () => {
    wwise.onCall = (call) => call.result({ return: [{ id: '{A}' }] });
    const result = await connect().call(get, { waql: '$ from type Sound' }, { return: ['id'] });
    expect(result).toEqual({ return: [{ id: '{A}' }] });
    expect(wwise.calls[0]).toMatchObject({
      uri: get,
      args: { waql: '$ from type Sound' },
      options: { return: ['id'] },
    });
  });

  it('opens nothing before the first call and one link for all of them', async () => {
    let opened = 0;
    connect({
      open: () => {
        opened += 1;
        return connectWamp(wwise.url);
      },
    });
    expect(opened).toBe(0);
    await Promise.all([waapi.call(get), waapi.call(get), waapi.call(create)]);
    expect(opened).toBe(1);
    expect(waapi.callCount).toBe(3);
  });

  it('never overlaps another: the next goes out when the last is answered', async () => {
    connect();
    let running = 0;
    let most = 0;
    wwise.onCall = (call) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        call.result({});
      }, 5);
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => waapi.call(create, { name: `S${index}` })));
    expect(most).toBe(1);
    expect(wwise.calls.map((call) => call.args.name)).toEqual([
      'S0',
      'S1',
      'S2',
      'S3',
      'S4',
      'S5',
      'S6',
      'S7',
    ]);
  });

  it('that only reads goes out together with the reads beside it, never beside a write', async () => {
    connect();
    const running = new Set<string>();
    const seenTogether: string[][] = [];
    wwise.onCall = (call) => {
      running.add(`${call.uri === get ? 'read' : 'write'} ${call.args.n}`);
      seenTogether.push([...running]);
      setTimeout(() => {
        running.delete(`${call.uri === get ? 'read' : 'write'} ${call.args.n}`);
        call.result({});
      }, 10);
    };
    const uris = [get, get, get, create, get, get, create, create];
    await Promise.all(uris.map((uri, n) => waapi.call(uri, { n })));
    expect(seenTogether.some((together) => together.length >= 3)).toBe(true);
    for (const together of seenTogether) {
      if (together.some((name) => name.startsWith('write'))) expect(together).toHaveLength(1);
    }
    expect(wwise.calls.map((call) => call.args.n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('with a higher priority overtakes those that wait', async () => {
    connect();
    wwise.onCall = (call) => setTimeout(() => call.result({}), 10);
    const first = waapi.call(create, { n: 0 });
    await seen(1);
    await Promise.all([
      first,
      waapi.call(create, { n: 1 }),
      waapi.call(create, { n: 2 }, {}, { priority: 1 }),
      waapi.call(get, { n: 3 }, {}, { priority: 2 }),
    ]);
    expect(wwise.calls.map((call) => call.args.n)).toEqual([0, 3, 2, 1]);
  });

  it('with a higher priority goes before reads that have not begun, which go on afterwards', async () => {
    connect();
    wwise.onCall = (call) => setTimeout(() => call.result({}), 5);
    const reads = Array.from({ length: 40 }, (_, n) => waapi.call(get, { n }));
    await seen(1);
    const direct = waapi.call(get, { n: 'direct' }, {}, { priority: 1 });
    const later = waapi.call(create, { n: 'later' });
    await Promise.all([...reads, direct, later]);
    const order = wwise.calls.map((call) => call.args.n);
    expect(order.indexOf('direct')).toBeLessThan(20);
    expect(order).toHaveLength(42);
    expect(order.at(-1)).toBe('later');
  });

  it('is refused when the queue is full, and 1,000 that wait all get their answer', async () => {
    connect();
    const calls = Array.from({ length: 1001 }, (_, n) => waapi.call(n % 3 === 0 ? create : get, { n }));
    expect((await failure(calls[1000] ?? Promise.resolve())).code).toBe('WAAPI_LOCKED');
    expect(await Promise.all(calls.slice(0, 1000))).toHaveLength(1000);
    expect(wwise.calls).toHaveLength(1000);
  });

  it('says what to do when nobody answers at the address', async () => {
    const { url } = wwise;
    await wwise.close();
    const error = await failure(connect({ open: () => connectWamp(url) }).call(get));
    expect(error).toMatchObject({ code: 'WAAPI_UNAVAILABLE', retryable: true, details: { address: url } });
    expect(error.message).toContain(url);
    expect(error.hint).toContain('--project');
  });

  it('rejects an address that is none', async () => {
    const error = await failure(connect({ open: () => connectWamp('not an address') }).call(get));
    expect(error.code).toBe('WAAPI_UNAVAILABLE');
  });
});

describe('a link that fails', () => {
  it('makes the outcome of a changing call unknown, and never sends it again', async () => {
    connect();
    wwise.onCall = (call) => call.socket.terminate();
    const error = await failure(waapi.call(create, { name: 'Boom' }));
    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: false });
    expect(error.details).toMatchObject({ procedure: create, arguments: { name: 'Boom' } });
    wwise.onCall = (call) => call.result({});
    await waapi.call(get);
    expect(wwise.calls.map((call) => call.uri)).toEqual([create, get]);
  });

  it('counts a function nobody knows as changing something', async () => {
    connect();
    wwise.onCall = (call) => call.socket.terminate();
    expect((await failure(waapi.call('ak.wwise.future.thing'))).code).toBe('OUTCOME_UNKNOWN');
    expect(wwise.calls).toHaveLength(1);
  });

  it('sends a reading call once more over a fresh link', async () => {
    connect();
    wwise.onCall = (call) => (call.link === 1 ? call.socket.terminate() : call.result({ return: [] }));
    expect(await waapi.call(get)).toEqual({ return: [] });
    expect(wwise.calls.map((call) => call.link)).toEqual([1, 2]);
  });

  it('takes reads in flight over to one fresh link, all of them', async () => {
    connect();
    let dropped = false;
    wwise.onCall = (call) => {
      if (!dropped && wwise.calls.length === 5) {
        dropped = true;
        wwise.dropAll();
      } else if (dropped) call.result({ n: call.args.n ?? null });
    };
    const answers = await Promise.all([0, 1, 2, 3, 4].map((n) => waapi.call(get, { n })));
    expect(answers).toEqual([0, 1, 2, 3, 4].map((n) => ({ n })));
    expect(new Set(wwise.calls.map((call) => call.link))).toEqual(new Set([1, 2]));
  });

  it('gives a reading call up after the second failure', async () => {
    connect();
    wwise.onCall = (call) => call.socket.terminate();
    expect((await failure(waapi.call(get))).code).toBe('WAAPI_UNAVAILABLE');
    expect(wwise.calls).toHaveLength(2);
  });

  it('is replaced without loss when it failed between two calls, even for a changing call', async () => {
    connect();
    await waapi.call(get);
    wwise.dropAll();
    await links.lost();
    expect(await waapi.call(create)).toEqual({});
    expect(wwise.calls.map((call) => [call.uri, call.link])).toEqual([
      [get, 1],
      [create, 2],
    ]);
  });

  it('renews live subscriptions, not ended ones', async () => {
    connect();
    const events: JsonObject[] = [];
    await waapi.subscribe('ak.wwise.core.object.created', { return: ['id'] }, (payload) =>
      events.push(payload),
    );
    const ended = await waapi.subscribe('ak.wwise.core.project.saved', {}, () => {});
    await ended.unsubscribe();
    wwise.dropAll();
    await links.lost();
    await waapi.call(get);
    expect(wwise.subscriptions.filter(({ link }) => link === 2)).toEqual([
      { topic: 'ak.wwise.core.object.created', options: { return: ['id'] }, link: 2 },
    ]);
    wwise.publish(3, { object: { id: '{B}' } });
    await waapi.call(get);
    expect(events).toEqual([{ object: { id: '{B}' } }]);
  });
});

describe('subscribing', () => {
  it('works over a fresh link when the old one failed unnoticed', async () => {
    connect();
    await waapi.call(get);
    wwise.dropAll();
    await links.lost();
    const subscription = await waapi.subscribe('ak.wwise.core.project.saved', {}, () => {});
    expect(wwise.subscriptions.map(({ link }) => link)).toEqual([2]);
    wwise.dropAll();
    await links.lost();
    await expect(subscription.unsubscribe()).resolves.toBeUndefined();
  });
});

describe('a time limit', () => {
  it('ends a reading call as WAAPI_TIMEOUT', async () => {
    connect();
    wwise.onCall = () => {};
    const error = await failure(waapi.call(get, {}, {}, { timeoutMs: 30 }));
    expect(error).toMatchObject({ code: 'WAAPI_TIMEOUT', retryable: true });
  });

  it('ends a changing call as OUTCOME_UNKNOWN without sending it again', async () => {
    connect({ timeLimitsMs: { [create]: 30 } });
    wwise.onCall = () => {};
    expect((await failure(waapi.call(create))).code).toBe('OUTCOME_UNKNOWN');
    expect(wwise.calls).toHaveLength(1);
  });

  it('holds the next call back until the late answer is there', async () => {
    connect();
    wwise.onCall = (call) => {
      if (call.uri === create) setTimeout(() => call.result({}), 120);
      else call.result({ late: false });
    };
    expect((await failure(waapi.call(create, {}, {}, { timeoutMs: 20 }))).code).toBe('OUTCOME_UNKNOWN');
    expect(await waapi.call(get)).toEqual({ late: false });
    expect(wwise.calls.map((call) => call.link)).toEqual([1, 1]);
  });

  it('says Wwise is busy when the late answer never comes, then starts over with a fresh link', async () => {
    connect();
    wwise.onCall = (call) => {
      if (call.uri === get) call.result({});
    };
    await failure(waapi.call(create, {}, {}, { timeoutMs: 20 }));
    const error = await failure(waapi.call(get, {}, {}, { timeoutMs: 20 }));
    expect(error.code).toBe('WAAPI_LOCKED');
    expect(error.message).toContain(create);
    await waapi.call(get);
    expect(wwise.calls.map((call) => [call.uri, call.link])).toEqual([
      [create, 1],
      [get, 2],
    ]);
  });
});

describe('a locked Wwise', () => {
  it('is asked again until it is free, also for changing calls: it refused before doing anything', async () => {
    connect();
    wwise.onCall = (call) => {
      if (wwise.calls.length < 3) call.error('ak.wwise.locked', 'A modal dialog is open.');
      else call.result({ id: '{C}' });
    };
    expect(await waapi.call(create)).toEqual({ id: '{C}' });
    expect(wwise.calls).toHaveLength(3);
    expect(waapi.callCount).toBe(1);
  });

  it('ends in WAAPI_LOCKED when patience runs out', async () => {
    connect({ lockedPatienceMs: 1_000 });
    wwise.onCall = (call) => call.error('ak.wwise.locked', 'A modal dialog is open.');
    const error = await failure(waapi.call(create));
    expect(error).toMatchObject({ code: 'WAAPI_LOCKED', retryable: true });
    expect(wwise.calls.length).toBeGreaterThan(1);
  });
});

describe('cancelling', () => {
  it('takes a queued call out of the queue', async () => {
    connect();
    wwise.onCall = (call) => setTimeout(() => call.result({}), 30);
    const first = waapi.call(get);
    const abort = new AbortController();
    const second = waapi.call(create, {}, {}, { signal: abort.signal });
    abort.abort();
    expect((await failure(second)).code).toBe('CANCELLED');
    await first;
    await waapi.call(get);
    expect(wwise.calls.map((call) => call.uri)).toEqual([get, get]);
  });

  it('of a reading call under way is CANCELLED, of a changing one OUTCOME_UNKNOWN', async () => {
    connect();
    wwise.onCall = (call) => setTimeout(() => call.result({}), 60);
    for (const [uri, code] of [
      [get, 'CANCELLED'],
      [create, 'OUTCOME_UNKNOWN'],
    ] as const) {
      const abort = new AbortController();
      const before = wwise.calls.length;
      const call = waapi.call(uri, {}, {}, { signal: abort.signal });
      await seen(before + 1);
      abort.abort();
      expect((await failure(call)).code).toBe(code);
    }
  });

  it('before the call was even made sends nothing', async () => {
    connect();
    expect((await failure(waapi.call(create, {}, {}, { signal: AbortSignal.abort() }))).code).toBe(
      'CANCELLED',
    );
    expect(wwise.calls).toHaveLength(0);
  });
});

describe('closing', () => {
  it('refuses later calls and reports the fate of the one under way', async () => {
    connect();
    wwise.onCall = () => {};
    const running = waapi.call(create);
    const waiting = waapi.call(get);
    await seen(1);
    const outcomes = Promise.all([failure(running), failure(waiting)]);
    await waapi.close();
    expect((await outcomes).map((error) => error.code)).toEqual(['OUTCOME_UNKNOWN', 'WAAPI_UNAVAILABLE']);
    expect((await failure(waapi.call(get))).code).toBe('WAAPI_UNAVAILABLE');
  });
});
