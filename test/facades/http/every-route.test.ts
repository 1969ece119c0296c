import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { sample } from '../../harness/amount.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { openConnection, rawRequest } from '../../harness/raw-http.ts';
import { tempDir } from '../../harness/temp-dir.ts';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly bodyType: string | undefined;
  readonly isOpen: boolean;
}

describe('every route of the description', () => {
  const dir = tempDir('every-route');
  let room: HttpRoom;
  let routes: readonly Route[];
  beforeAll(async () => {
    room = await openHttpRoom(dir);
    const { paths } = (await room.ask('GET /openapi.json')).json;
    routes = Object.entries(asJsonObject(paths)).flatMap(([path, methods]) =>
      Object.entries(asJsonObject(methods)).map(([method, operation]) => {
        const { requestBody, security } = asJsonObject(operation);
        const [bodyType] = Object.keys(asJsonObject(asJsonObject(requestBody).content));
        const filled = path.replace(/\{\w+\}/g, 'x');
        return { method: method.toUpperCase(), path: filled, bodyType, isOpen: security !== undefined };
      }),
    );
    expect(routes.length).toBeGreaterThan(150);
  });
  afterAll(() => room.close());

  it('is not there for a page of another site, and under no other name', async () => {
    for (const { method, path } of routes) {
      for (const headers of [
        { host: 'evil.example' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ]) {
        const { status } = await rawRequest(room.url, { method, path, headers });
        expect([method, path, headers, status]).toEqual([method, path, headers, 403]);
      }
    }
  });

  it('refuses a body of 100 MB before it comes, while others are served', async () => {
    const taking = routes.filter(({ bodyType, isOpen }) => bodyType !== undefined && !isOpen);
    expect(taking.length).toBeGreaterThan(100);
    for (const { method, path, bodyType } of sample(taking, 40)) {
      const socket = await openConnection(
        room.url,
        `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${bodyType}; boundary=x\r\nContent-Length: 104857600\r\n\r\n`,
      );
      const [answer] = await once(socket.setEncoding('utf8'), 'data');
      expect([path, String(answer).slice(0, 12)]).toEqual([path, 'HTTP/1.1 413']);
      socket.destroy();
    }
    expect((await room.ask('GET /health')).status).toBe(200);
  });

  it('takes JSON only where it takes JSON', async () => {
    const taking = routes.filter(({ bodyType, isOpen }) => bodyType === 'application/json' && !isOpen);
    for (const { method, path } of taking) {
      const headers = { 'content-type': 'text/plain' };
      const { status } = await rawRequest(room.url, { method, path, headers, body: '{}' });
      expect([method, path, status]).toEqual([method, path, 400]);
    }
  });
});
