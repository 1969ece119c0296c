import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import type { Engine } from '../../../src/embedded/engine.ts';
import { defineFunction } from '../../../src/embedded/functions/define-function.ts';
import { ping } from '../../../src/embedded/functions/reflection/ak.wwise.core.ping.ts';
import { getFunctions } from '../../../src/embedded/functions/reflection/ak.wwise.waapi.getFunctions.ts';
import {
  startWaapiServer,
  type WaapiServer,
  type WaapiServerOptions,
} from '../../../src/embedded/server/start-waapi-server.ts';
import { connectWamp } from '../../../src/wwise/connection/connect-wamp.ts';
import { createConnection } from '../../../src/wwise/connection/connection.ts';
import { parse, rawClient } from './raw-client.ts';

const echo = defineFunction({ uri: 'test.echo', run: (args, options) => ({ args, options }) });
const broken = defineFunction({
  uri: 'test.broken',
  run: () => {
    throw new TypeError('a defect');
  },
});

/** Pauses without end, as something long does. */
const endless = defineFunction({
  uri: 'test.endless',
  async run(_args, _options, { pause }) {
    for (;;) await pause();
  },
});

const order: string[] = [];
const slow = defineFunction({
  uri: 'test.slow',
  async run(args) {
    order.push(`begin ${String(args.name)}`);
    await delay(5);
    order.push(`end ${String(args.name)}`);
    return {};
  },
});

let engine: Engine;
let server: WaapiServer;
let url = '';

async function start(options: Partial<WaapiServerOptions> = {}): Promise<void> {
  server = await startWaapiServer({ engine, wampPort: 0, httpPort: null, log: silentLog, ...options });
  url = server.wampUrl ?? '';
}

beforeEach(async () => {
  order.length = 0;
  engine = createEngine({
    openProject: null,
    functions: [ping, getFunctions, echo, slow, broken, endless],
    log: silentLog,
  });
  await start();
});

afterEach(async () => {
  await server.close();
  await engine.close();
});

describe('a client like the official C# one', () => {
  it('joins without a subprotocol and with a HELLO of two elements', async () => {
    const client = await rawClient(url);
    expect(client.protocol).toBe('');
    const [type, session, details] = parse(await client.ask('[1,"realm1"]'));
    expect(type).toBe(2);
    expect(session).toBeGreaterThan(0);
    expect(session).toBeLessThanOrEqual(2147483647);
    expect(details).toEqual({ roles: { dealer: {}, broker: {} } });
  });

  it('gets every RESULT and ERROR in the one shape it parses', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    expect(await client.ask('[48,1,{},"ak.wwise.core.ping",[],{}]')).toBe(
      '[50,1,{},[],{"isAvailable":true}]',
    );
    expect(await client.ask('[48,2,{},"i.dont.exist",[],{"someArg":true}]')).toBe(
      '[8,48,2,{},"ak.wwise.invalid_arguments",[],{"message":"The procedure URI is unknown.","details":{"procedureUri":"i.dont.exist"}}]',
    );
  });

  it('says goodbye and waits for the answer', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    expect(await client.ask('[6,{},"bye_from_csharp_client"]')).toBe('[6,{},"wamp.close.goodbye_and_out"]');
    expect(await client.closed).toBe(1000);
  });
});

describe('a client like the official Python one', () => {
  const offers = ['wamp.2.ubjson', 'wamp.2.msgpack', 'wamp.2.cbor', 'wamp.2.json'];

  it('finds wamp.2.json picked from its offers, and its 53-bit request ids echoed', async () => {
    const client = await rawClient(url, { protocols: offers });
    expect(client.protocol).toBe('wamp.2.json');
    await client.ask('[1,"realm1",{"roles":{"caller":{"features":{}},"subscriber":{}}}]');
    expect(await client.ask('[48,9007199254740992,{},"ak.wwise.core.ping"]')).toBe(
      '[50,9007199254740992,{},[],{"isAvailable":true}]',
    );
    expect(await client.ask('[48,8012345678901234,{},"ak.wwise.core.ping",[]]')).toBe(
      '[50,8012345678901234,{},[],{"isAvailable":true}]',
    );
  });

  it('sees its CALL.Options as WAAPI options and its keywords as arguments', async () => {
    const client = await rawClient(url, { protocols: offers });
    await client.ask('[1,"realm1",{}]');
    const answer = await client.ask(
      '[48,7,{"return":["id"]},"test.echo",[],{"waql":"$ \\"\\\\\\\\Events\\""}]',
    );
    expect(parse(answer)[4]).toEqual({ args: { waql: '$ "\\\\Events"' }, options: { return: ['id'] } });
  });
});

describe('calls', () => {
  it('name the unknown argument as Wwise does', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    const answer = parse(await client.ask('[48,1,{},"ak.wwise.core.ping",[],{"someArg":true}]'));
    expect(answer.slice(4)).toEqual([
      'ak.wwise.invalid_arguments',
      [],
      {
        message: 'Argument someArg is unknown.',
        details: { typeUri: 'ak.wwise.schema_validation_failed', argumentName: 'someArg' },
      },
    ]);
    const options = parse(await client.ask('[48,2,{"return":[]},"ak.wwise.core.ping",[],{}]'));
    expect(options[4]).toBe('ak.wwise.invalid_options');
  });

  it('and subscriptions may have the options of WAMP beside those of WAAPI', async () => {
    const client = await rawClient(url);
    await client.ask(
      '[1,"realm1",{"authid":"joe","authmethods":["anonymous"],"roles":{"caller":{},"callee":{}}}]',
    );
    const options = '{"receive_progress":false,"timeout":5000,"disclose_me":true,"_trace_id":7}';
    expect(parse(await client.ask(`[48,1,${options},"ak.wwise.core.ping"]`))[0]).toBe(50);
    const topic = '"ak.wwise.core.log.itemAdded"';
    expect(parse(await client.ask(`[32,2,{"match":"exact"},${topic}]`))).toEqual([33, 2, expect.any(Number)]);
    const pattern = parse(await client.ask(`[32,3,{"match":"prefix"},${topic}]`));
    expect([pattern[0], pattern[4]]).toEqual([8, 'ak.wwise.invalid_options']);
  });

  it('may have empty positional arguments beside the named ones, as the oldest samples do', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    const answer = parse(await client.ask('[48,1,{},"ak.wwise.core.ping",[{}],{}]'));
    expect(answer[0]).toBe(50);
  });

  it('of documented functions that are not offered are unavailable', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    const answer = parse(await client.ask('[48,1,{},"ak.wwise.ui.bringToForeground",[],{}]'));
    expect(answer[4]).toBe('ak.wwise.unavailable');
    expect(answer[6]).toMatchObject({ message: 'Procedure not available for this type of Wwise instance.' });
  });

  it('that meet a defect become ak.wwise.unexpected_error', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    expect(parse(await client.ask('[48,1,{},"test.broken",[],{}]')).slice(4)).toEqual([
      'ak.wwise.unexpected_error',
      [],
      { message: 'a defect', details: {} },
    ]);
  });

  it('of all sessions run strictly one after the other', async () => {
    const [a, b] = await Promise.all([rawClient(url), rawClient(url)]);
    await Promise.all([a.ask('[1,"realm1"]'), b.ask('[1,"realm1"]')]);
    a.send('[48,1,{},"test.slow",[],{"name":"a1"}]');
    a.send('[48,2,{},"test.slow",[],{"name":"a2"}]');
    b.send('[48,1,{},"test.slow",[],{"name":"b1"}]');
    expect([await a.next(), await a.next(), await b.next()]).toEqual([
      '[50,1,{},[],{}]',
      '[50,2,{},[],{}]',
      '[50,1,{},[],{}]',
    ]);
    for (let index = 0; index < order.length; index += 2) {
      expect(order[index + 1]).toBe(order[index]?.replace('begin', 'end'));
    }
    expect(order).toHaveLength(6);
  });

  it('may be larger than a mebibyte and come in fragments', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    const long = 'x'.repeat(3 * 1024 * 1024);
    const frame = `[48,5,{},"test.echo",[],{"long":"${long}"}]`;
    const third = Math.floor(frame.length / 3);
    client.socket.send(frame.slice(0, third), { fin: false });
    client.socket.send(frame.slice(third, 2 * third), { fin: false });
    client.socket.send(frame.slice(2 * third), { fin: true });
    const answer = await client.next();
    expect(answer === `[50,5,{},[],{"args":{"long":"${long}"},"options":{}}]`).toBe(true);
  });
});

describe('a call that its client cancels', () => {
  const canceled = (id: number) =>
    `[8,48,${id},{},"wamp.error.canceled",[],{"message":"The call was cancelled by its client.","details":{}}]`;

  it.each(['{}', '{"mode":"kill"}', '{"mode":"killnowait"}'])(
    'ends at its next pause, and the next one follows: %s',
    async (options) => {
      const client = await rawClient(url);
      await client.ask('[1,"realm1"]');
      client.send('[48,1,{},"test.endless"]');
      expect(await client.ask(`[49,1,${options}]`)).toBe(canceled(1));
      expect(await client.ask('[48,2,{},"ak.wwise.core.ping"]')).toBe('[50,2,{},[],{"isAvailable":true}]');
    },
  );

  it('does not begin where it still waits', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    client.send('[48,1,{},"test.slow",[],{"name":"first"}]');
    client.send('[48,2,{},"test.slow",[],{"name":"second"}]');
    expect(await client.ask('[49,2,{}]')).toBe(canceled(2));
    expect(await client.next()).toBe('[50,1,{},[],{}]');
    expect(await client.ask('[48,3,{},"test.slow",[],{"name":"third"}]')).toBe('[50,3,{},[],{}]');
    expect(order).toEqual(['begin first', 'end first', 'begin third', 'end third']);
  });

  it('and has changed something gets its result; in the mode skip the answer comes at once and the call goes on', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    client.send('[48,1,{},"test.slow",[],{"name":"a"}]');
    expect(await client.ask('[49,1,{}]')).toBe('[50,1,{},[],{}]');
    client.send('[48,2,{},"test.slow",[],{"name":"b"}]');
    expect(await client.ask('[49,2,{"mode":"skip"}]')).toBe(canceled(2));
    expect(await client.ask('[48,3,{},"test.echo"]')).toBe('[50,3,{},[],{"args":{},"options":{}}]');
    expect(order).toEqual(['begin a', 'end a', 'begin b', 'end b']);
  });

  it('twice, or is none that waits, changes nothing', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    for (const frame of ['[49,7,{}]', '[49,"x",{}]', '[49]']) client.send(frame);
    expect(await client.ask('[48,7,{},"ak.wwise.core.ping"]')).toBe('[50,7,{},[],{"isAvailable":true}]');
  });
});

describe('messages of more values than anybody needs', () => {
  const values = Array.from({ length: 250_000 }, (_, at) => `"k${at}":1`).join(',');

  it('are refused by their request, in the order they came, while another client is served', async () => {
    const [client, other] = await Promise.all([rawClient(url), rawClient(url)]);
    await Promise.all([client.ask('[1,"realm1"]'), other.ask('[1,"realm1"]')]);
    client.send(`[48,5,{},"test.echo",[],{${values}}]`);
    client.send('[48,6,{},"ak.wwise.core.ping"]');
    expect(await other.ask('[48,1,{},"ak.wwise.core.ping"]')).toBe('[50,1,{},[],{"isAvailable":true}]');
    expect(parse(await client.next()).slice(0, 7)).toEqual([
      ...[8, 48, 5, {}, 'ak.wwise.invalid_arguments', []],
      { message: 'The message holds more than 200000 values.', details: {} },
    ]);
    expect(await client.next()).toBe('[50,6,{},[],{"isAvailable":true}]');
  });

  it('end the session when they are no request', async () => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    expect(parse(await client.ask(`{${values}}`))[0]).toBe(3);
    await client.closed;
  });
});

describe('bad frames', () => {
  it.each(['not json', '{"type":1}', '[]', '[48,1,{},"ak.wwise.core.ping",[],{}]', '[1,"another realm",{}]'])(
    'before joining end in ABORT: %s',
    async (frame) => {
      const client = await rawClient(url);
      expect(parse(await client.ask(frame))[0]).toBe(3);
      await client.closed;
    },
  );

  it.each([
    '[99,1]',
    '[48,-1,{},"x",[],{}]',
    '[48,1.5,{},"x",[],{}]',
    '["48"]',
    '[1,"realm1"]',
    '[50,1,{},[],{}]',
  ])('after joining end in ABORT, and only that session: %s', async (frame) => {
    const other = await rawClient(url);
    await other.ask('[1,"realm1"]');
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    expect(parse(await client.ask(frame))[0]).toBe(3);
    await client.closed;
    expect(parse(await other.ask('[48,1,{},"ak.wwise.core.ping",[],{}]'))[0]).toBe(50);
  });

  it('in binary end in ABORT', async () => {
    const client = await rawClient(url);
    client.socket.send(Buffer.from('[1,"realm1"]'));
    expect(parse(await client.next())[0]).toBe(3);
  });

  it.each([
    ['[48,1,{},"ak.wwise.core.ping",[1],{}]', 'ak.wwise.invalid_arguments'],
    ['[48,1,{},"ak.wwise.core.ping",[],[]]', 'ak.wwise.invalid_arguments'],
    ['[48,1,{},17,[],{}]', 'ak.wwise.invalid_arguments'],
    ['[48,1,null,"ak.wwise.core.ping",[],{}]', 'ak.wwise.invalid_options'],
    ['[32,1,{},"no.such.topic"]', 'ak.wwise.invalid_arguments'],
    ['[34,1,999]', 'wamp.error.no_such_subscription'],
    ['[16,1,{},"ak.wwise.core.project.saved"]', 'wamp.error.not_authorized'],
    ['[64,1,{},"my.procedure"]', 'wamp.error.not_authorized'],
  ])('that are requests get their ERROR: %s', async (frame, uri) => {
    const client = await rawClient(url);
    await client.ask('[1,"realm1"]');
    const answer = parse(await client.ask(frame));
    expect([answer[0], answer[1], answer[2], answer[3], answer[4], answer[5]]).toEqual([
      8,
      parse(frame)[0],
      1,
      {},
      uri,
      [],
    ]);
    expect(parse(await client.ask('[48,2,{},"ak.wwise.core.ping",[],{}]'))[0]).toBe(50);
  });
});

describe('admission', () => {
  it('lets pages from files in, other web pages only when allowed', async () => {
    await expect(rawClient(url, { origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(rawClient(url, { origin: 'null' })).rejects.toThrow('403');
    await rawClient(url, { origin: 'file:///C:/tool.html' });
    await server.close();
    await start({ allowedOrigins: ['http://localhost:3000'] });
    await rawClient(url, { origin: 'http://localhost:3000' });
    await expect(rawClient(url, { origin: 'http://localhost:3001' })).rejects.toThrow('403');
  });

  it('refuses addresses that are not allowed', async () => {
    await server.close();
    await start({ allowedAddresses: ['10.0.0.1'] });
    await expect(rawClient(url)).rejects.toThrow('403');
    await server.close();
    await start({ allowedAddresses: ['*'] });
    await rawClient(url);
  });

  it('refuses more clients than allowed, until one leaves', async () => {
    await server.close();
    await start({ wampMaxClients: 1 });
    const first = await rawClient(url);
    await expect(rawClient(url)).rejects.toThrow('503');
    await first.ask('[1,"realm1"]');
    await first.ask('[6,{},"bye"]');
    await first.closed;
    await rawClient(url);
  });

  it('knows only the path /waapi', async () => {
    await expect(rawClient(url.replace('/waapi', '/other'))).rejects.toThrow('404');
  });

  it('names the port that is taken', async () => {
    const port = Number(new URL(url).port);
    await expect(
      startWaapiServer({ engine, wampPort: port, httpPort: null, log: silentLog }),
    ).rejects.toThrow(String(port));
  });
});

describe('our own client', () => {
  it('calls, fails and closes over a real socket', async () => {
    const waapi = createConnection({ open: () => connectWamp(url), address: url, log: silentLog });
    expect(await waapi.call('ak.wwise.core.ping')).toEqual({ isAvailable: true });
    await expect(waapi.call('i.dont.exist')).rejects.toMatchObject({ code: 'WAAPI_ERROR' });
    await expect(waapi.call('ak.wwise.core.object.get', {})).rejects.toMatchObject({ code: 'WAAPI_ERROR' });
    await waapi.close();
  });

  it('learns when the server shuts down', async () => {
    const backend = await connectWamp(url);
    await server.close();
    await expect(backend.call('ak.wwise.core.ping', {}, {})).rejects.toMatchObject({
      name: 'WaapiLinkError',
      sent: false,
    });
  });
});
