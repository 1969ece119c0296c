import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/core/log.ts';
import { failure } from '../../../src/core/result.ts';
import { createHttpApp } from '../../../src/facades/http/http-app.ts';
import { createMetrics } from '../../../src/facades/http/metrics/metrics.ts';
import { startHttpServer } from '../../../src/facades/http/server/start-http-server.ts';
import { createUploads } from '../../../src/facades/http/server/uploads.ts';
import { ask, type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { openConnection, rawRequest } from '../../harness/raw-http.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('answers that nobody reads', () => {
  it('keep no place that others need', async () => {
    const server = await serverOfLargeAnswers({ connections: 20, stallMs: 50 });
    const greedy = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = await openConnection(server.url, 'GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
        return socket.pause();
      }),
    );
    await untilServed(server.url);
    for (const socket of greedy) socket.destroy();
    await server.close();
  });

  it('are there for who takes his time to read them', async () => {
    const server = await serverOfLargeAnswers({ stallMs: 20 });
    const response = await fetch(`${server.url}/ready`);
    for (let at = 0; at < 5; at += 1) await ask(server.url, 'GET /health');
    expect((await response.text()).length).toBeGreaterThan(largeCharacters);
    await server.close();
  });
});

describe('a form of files', () => {
  const dir = tempDir('http-hostile');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  const form = (parts: number) =>
    `${'--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n'.repeat(parts)}--b--\r\n`;
  const sent = (body: string, type = 'multipart/form-data; boundary=b') =>
    rawRequest(room.url, { method: 'POST', path: '/uploads', headers: { 'content-type': type }, body });

  it('has at most a thousand parts, however its boundary is written', async () => {
    for (const type of ['boundary=b', 'boundary="b"', 'x="; boundary=c"; boundary=b', 'BOUNDARY=b']) {
      const refused = await sent(form(1_001), `multipart/form-data; ${type}`);
      expect([type, refused.status]).toEqual([type, 400]);
      expect(refused.text).toContain('more than 1000 parts');
    }
    expect((await sent(form(1_000))).status).toBe(201);
  });

  it.each([
    'multipart/form-data; boundary=',
    'multipart/form-data; x',
    `multipart/form-data; boundary=${'b'.repeat(5_000)}`,
  ])('is refused without one: %.40s', async (type) => {
    expect((await sent(form(1), type)).status).toBe(400);
  });
});

describe('what a workspace sends', () => {
  const stateDir = tempDir('uploads');
  const old = join(stateDir, 'uploads', 'studio', '0123456789abcdef');

  it('has bounds, of which what is a day old takes nothing', async () => {
    mkdirSync(old, { recursive: true });
    writeFileSync(join(old, 'old.wav'), 'x'.repeat(500));
    utimesSync(old, new Date(0), new Date(0));
    const { keep } = createUploads(stateDir, { files: 3, bytes: 1_000 });
    const send = (bytes: number, workspace = 'studio') => keep(workspace, 'a.wav', Buffer.alloc(bytes));
    await Promise.all([send(400), send(400)]);
    await expect(send(400)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await send(200);
    await expect(send(0)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await send(900, 'another');
    // Another process, or a later start, counts what lies there.
    const later = createUploads(stateDir, { files: 3, bytes: 1_000 });
    await expect(later.keep('studio', 'a.wav', Buffer.alloc(1))).rejects.toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
    });
  });
});

const largeCharacters = 32 * 1024 * 1024;

async function serverOfLargeAnswers(limits: Parameters<typeof startHttpServer>[1]['limits']) {
  const unused = (): Promise<never> => {
    throw new Error('No request of this test gets here.');
  };
  const large = new WwiseFlowError('WAAPI_UNAVAILABLE', 'There is none.', {
    hint: 'Start it.',
    details: { text: 'x'.repeat(largeCharacters) },
  });
  const app = createHttpApp({
    ...{ version: '0', host: '127.0.0.1', allowedHosts: [], callerOf: null, log: silentLog, page: null },
    openRoom: () => ({ openBus: unused, openService: unused, openArtifacts: unused }),
    ...{ loadOperations: async () => [], answerMcp: unused, keepUpload: unused, openHooks: unused },
    ...{ openSchedules: unused, openCallbacks: unused },
    ...{ metrics: createMetrics(() => 0), findOriginal: unused },
    describeProject: async () => failure(large),
  });
  return startHttpServer(app.fetch, { host: '127.0.0.1', port: 0, limits, log: silentLog });
}

async function untilServed(url: string): Promise<void> {
  for (;;) {
    try {
      const { status } = await rawRequest(url, { path: '/health' });
      if (status === 200) return;
    } catch {
      // Nobody has had to make room yet.
    }
  }
}
