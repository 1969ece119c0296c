import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { createEngine } from '../../../src/embedded/create-engine.ts';
import type { Engine } from '../../../src/embedded/engine.ts';
import { ping } from '../../../src/embedded/functions/reflection/ak.wwise.core.ping.ts';
import { getSchema } from '../../../src/embedded/functions/reflection/ak.wwise.waapi.getSchema.ts';
import { startWaapiServer, type WaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';

let engine: Engine;
let server: WaapiServer;
let url = '';

beforeEach(async () => {
  engine = createEngine({ openProject: null, functions: [ping, getSchema], log: silentLog });
  server = await startWaapiServer({
    engine,
    wampPort: null,
    httpPort: 0,
    allowedOrigins: ['http://localhost:3000'],
    log: silentLog,
  });
  url = server.httpUrl ?? '';
});

afterEach(async () => {
  await server.close();
  await engine.close();
});

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

describe('HTTP POST', () => {
  it('answers 200 with the bare result', async () => {
    const response = await post('{"uri":"ak.wwise.core.ping","options":{},"args":{}}');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toEqual({ isAvailable: true });
    for (const more of ['', ',"options":null,"args":null']) {
      const short = await post(`{"uri":"ak.wwise.core.ping"${more}}`);
      expect(await short.json()).toEqual({ isAvailable: true });
    }
  });

  it('answers 500 with uri, message and details when Wwise refuses', async () => {
    const response = await post('{"uri":"ak.wwise.core.ping","args":{"x":1}}');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      uri: 'ak.wwise.invalid_arguments',
      message: 'Argument x is unknown.',
      details: { typeUri: 'ak.wwise.schema_validation_failed', argumentName: 'x' },
    });
  });

  it('is understood by clients that compare the media type, send none, or read bytes as Latin-1', async () => {
    const body = '{"uri":"ak.wwise.core.Türöffner","options":{},"args":{}}';
    const response = await fetch(url, { method: 'POST', body: new TextEncoder().encode(body) });
    expect(response.headers.get('content-type')).toBe('application/json');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(JSON.parse(bytes.toString('latin1')).details.procedureUri).toBe('ak.wwise.core.Türöffner');
  });

  it('passes a uri inside args apart from the one called', async () => {
    const response = await post('{"uri":"ak.wwise.waapi.getSchema","args":{"uri":"ak.wwise.core.ping"}}');
    expect(await response.json()).toEqual({
      argsSchema: expect.any(Object),
      optionsSchema: expect.any(Object),
      resultSchema: expect.any(Object),
    });
  });

  it.each(['', 'nonsense', '[]', '{}', '{"uri":7}', '{"uri":"ak.wwise.core.ping","args":[]}'])(
    'says what the body must be, in plain text: %s',
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toContain('text/plain');
      expect(await response.text()).toContain('"uri"');
    },
  );

  it('refuses what holds more values than anybody needs, and what is nested deeper', async () => {
    const values = Array.from({ length: 250_000 }, (_, at) => `"k${at}":1`).join(',');
    for (const args of [`{${values}}`, `{"a":${'['.repeat(300)}${']'.repeat(300)}}`]) {
      const response = await post(`{"uri":"ak.wwise.core.ping","args":${args}}`);
      expect(response.status).toBe(413);
      expect(await response.text()).toMatch(
        /The request (holds more than 200000 values|is nested more than \d+ levels deep)\./,
      );
    }
  });

  it('knows one path and one method', async () => {
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(`${url}x`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('keeps foreign web pages out and lets allowed ones ask first', async () => {
    const body = '{"uri":"ak.wwise.core.ping"}';
    expect((await post(body, { origin: 'http://evil.example' })).status).toBe(403);
    const allowed = await post(body, { origin: 'http://localhost:3000' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://localhost:3000' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
  });

  it('refuses more clients than allowed', async () => {
    await server.close();
    server = await startWaapiServer({
      engine,
      wampPort: null,
      httpPort: 0,
      httpMaxClients: 1,
      log: silentLog,
    });
    const { port } = new URL(server.httpUrl ?? '');
    const status = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const message = request({ port, host: '127.0.0.1', path: '/waapi', method: 'POST', agent: false });
        message.setHeader('connection', 'keep-alive');
        message.on('error', reject);
        message.on('response', (response) => resolve(response.statusCode ?? 0));
        message.end('{"uri":"ak.wwise.core.ping"}');
      });
    expect(await status()).toBe(200);
    expect(await status()).toBe(503);
  });
});
