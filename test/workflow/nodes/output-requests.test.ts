import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { outsideOf } from '../../harness/outside.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';

interface Heard {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let heard: Heard[];
let answers: number[];
let server: Server;
let url: string;

beforeEach(async () => {
  heard = [];
  answers = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += String(piece)));
    request.on('end', () => {
      heard.push({ method: request.method, headers: request.headers, body });
      const status = answers.shift() ?? 200;
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":7}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
});
afterEach(() => server.close());

async function sent(data: Record<string, Json>): Promise<JsonObject> {
  const secret = (): string => key;
  const parts = {
    bus: shelfBus(emptyShelf()),
    log: silentLog,
    outside: outsideOf('/'),
    expressions: { secret },
  };
  const nodes = [node('out', 'output', { items: [{ a: 1 }, { a: 2 }, { a: 3 }], url, ...data })];
  const result = await createRunner(parts).run(compile({ nodes }));
  if (!result.ok) return { code: result.code, error: result.error, retryable: result.retryable };
  return asJsonObject(asJsonObject(asJsonArray(result.data.results)[0]).data);
}

const key = `whsec_${Buffer.from('a key that nobody else has, 32 b').toString('base64')}`;

describe('an output to an address', () => {
  it('sends a delivery that a receiver can check', async () => {
    expect(await sent({ destination: 'webhook', secret: '{{ secrets.HOOK }}' })).toMatchObject({
      written: 3,
      status: 200,
    });
    const [delivery] = heard;
    const headers = Object.fromEntries(
      Object.entries(delivery?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(new Webhook(key).verify(delivery?.body ?? '', headers)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  it('sends so many rows at once, each request under a name of its own', async () => {
    expect(await sent({ destination: 'api', method: 'PUT', batchSize: 2 })).toMatchObject({
      answer: { id: 7 },
    });
    expect(heard.map(({ method, body }) => [method, body])).toEqual([
      ['PUT', '[{"a":1},{"a":2}]'],
      ['PUT', '[{"a":3}]'],
    ]);
    const names = heard.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(names).size).toBe(2);
  });

  it('says what an address does not take, and whether that may pass', async () => {
    answers = [422];
    expect(await sent({ destination: 'api' })).toMatchObject({ code: 'SERVICE_REFUSED', retryable: false });
    answers = [503];
    expect(await sent({ destination: 'api' })).toMatchObject({ code: 'SERVICE_FAILED', retryable: true });
  });

  it('says that nobody knows whether a request took place whose answer was lost', async () => {
    answers = [0];
    expect(await sent({ destination: 'api' })).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    answers = [0];
    expect(await sent({ destination: 'api', idempotent: true })).toMatchObject({
      code: 'SERVICE_CONNECTION_LOST',
    });
  });

  it('is sent nowhere but by http', async () => {
    expect(await sent({ destination: 'api', url: 'file:///etc/hostname' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    server.close();
    expect(await sent({ destination: 'api' })).toMatchObject({
      code: 'SERVICE_UNREACHABLE',
    });
  });
});
