import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { silentLog } from '../../src/core/log.ts';
import { connectWaapi } from '../../src/wwise/connection/connect.ts';
import { type ConnectionOptions, createConnection } from '../../src/wwise/connection/connection.ts';
import type { Waapi } from '../../src/wwise/connection/waapi.ts';

const get = 'ak.wwise.core.object.get';
const create = 'ak.wwise.core.object.create';

interface Peer {
  readonly url: string;
  readonly server: Server;
  /** URIs that arrived. */
  readonly seen: string[];
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A peer that takes requests as WAAPI does and answers as `answer` does; the count says which request it is. */
async function peer(
  answer: (response: ServerResponse, count: number, request: IncomingMessage) => void,
  port = 0,
): Promise<Peer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push(String(JSON.parse(body).uri));
      answer(response, seen.length, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const at = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${at}/waapi`, server, seen };
}

function connectionTo(address: string, options: Partial<ConnectionOptions> = {}): Waapi {
  const open = () => connectWaapi(address);
  const waapi = createConnection({ open, address, log: silentLog, ...options });
  cleanups.push(() => waapi.close());
  return waapi;
}

async function failure(promise: Promise<unknown>): Promise<WwiseFlowError> {
  const error = await promise.catch((reason: unknown) => reason);
  if (error instanceof WwiseFlowError) return error;
  throw new Error(`Expected a WwiseFlowError, got ${JSON.stringify(error)}`);
}

/** Answers that are not those of WAAPI. */
const nonsense: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'status 500 with a page': (response) => response.writeHead(500).end('<html>Internal Server Error</html>'),
  'status 500 without a word': (response) => response.writeHead(500).end(),
  'status 502 with JSON of a proxy': (response) => response.writeHead(502).end('{"error":"bad gateway"}'),
  'status 200 with a page': (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>'),
  'status 200 without a body': (response) => response.writeHead(200).end(),
  'status 200 with a JSON text': (response) => response.writeHead(200).end('"ok"'),
  'status 204': (response) => response.writeHead(204).end(),
  'a redirection': (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  'a body that is cut off': (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"id":');
    setTimeout(() => response.destroy(), 10);
  },
  'a body cut off between its chunks': (response) => {
    response.writeHead(200);
    response.write('{"id":"{A}"}');
    setTimeout(() => response.destroy(), 10);
  },
  'headers that are none': (response) => response.socket?.end('HTTP/1.1 maybe\r\n\r\n'),
  'a closed socket': (response) => response.socket?.destroy(),
};

describe.each(Object.entries(nonsense))('over HTTP, %s', (_name, answer) => {
  it('leaves the outcome of a changing call unknown; it is sent once', async () => {
    const { url, seen } = await peer(answer);
    expect(await failure(connectionTo(url).call(create, { name: 'Step' }))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { procedure: create, arguments: { name: 'Step' } },
    });
    expect(seen).toEqual([create]);
  });

  it('makes a reading call be sent once more, then WAAPI_UNAVAILABLE', async () => {
    const { url, seen } = await peer(answer);
    expect((await failure(connectionTo(url).call(get))).code).toBe('WAAPI_UNAVAILABLE');
    expect(seen).toEqual([get, get]);
  });
});

/** For a call that is not to be answered. */
const brief = { timeoutMs: 50 };

describe('over HTTP', () => {
  it('errors of Wwise are reported as they are, whatever their status', async () => {
    const { url } = await peer((response, count) => {
      const error = { uri: 'ak.wwise.query.unknown_object', message: 'Object not found: \\X', details: {} };
      response.writeHead(count === 1 ? 400 : 500).end(JSON.stringify(error));
    });
    const waapi = connectionTo(url);
    for (let n = 0; n < 2; n++) expect((await failure(waapi.call(create))).code).toBe('OBJECT_NOT_FOUND');
  });

  it('a locked Wwise is asked again', async () => {
    const locked = { uri: 'ak.wwise.locked', message: 'A modal dialog is open.' };
    const { url, seen } = await peer((response, count) =>
      count < 3 ? response.writeHead(400).end(JSON.stringify(locked)) : response.end('{"id":"{A}"}'),
    );
    expect(await connectionTo(url).call(create)).toEqual({ id: '{A}' });
    expect(seen).toHaveLength(3);
  });

  it('a call that is never answered ends by its time limit, and so does a series of them, until a fresh link helps', async () => {
    const { url, seen } = await peer((response, count) => {
      if (count > 1) response.end('{}');
    });
    const waapi = connectionTo(url);
    for (let n = 0; n < 3; n++)
      expect((await failure(waapi.call(get, {}, {}, brief))).code).toBe('WAAPI_TIMEOUT');
    expect(await waapi.call(get)).toEqual({});
    expect(seen.length).toBeGreaterThan(1);
  });

  it('a changing call that is never answered is OUTCOME_UNKNOWN, and the next one learns that Wwise is busy', async () => {
    const { url, seen } = await peer((response, count) => {
      if (count > 1) response.end('{}');
    });
    const waapi = connectionTo(url);
    expect((await failure(waapi.call(create, {}, {}, brief))).code).toBe('OUTCOME_UNKNOWN');
    expect((await failure(waapi.call(create, {}, {}, brief))).code).toBe('WAAPI_LOCKED');
    expect(await waapi.call(create)).toEqual({});
    expect(seen).toEqual([create, create]);
  });

  it('a Wwise that appears is found by the next call', async () => {
    const { url, server } = await peer((response) => response.end('{}'));
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const waapi = connectionTo(url);
    expect((await failure(waapi.call(create))).code).toBe('WAAPI_UNAVAILABLE');
    const again = await peer((response) => response.end('{"id":"{A}"}'), Number(new URL(url).port));
    expect(await waapi.call(create)).toEqual({ id: '{A}' });
    expect(again.seen).toEqual([create]);
  });

  it('a kept socket that the peer closes between two calls costs nothing', async () => {
    const { url, server, seen } = await peer((response) => response.end('{}'));
    const waapi = connectionTo(url);
    await waapi.call(create);
    server.closeIdleConnections();
    // Nothing says when this side has noticed.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await waapi.call(create)).toEqual({});
    expect(seen).toHaveLength(2);
  });
});
