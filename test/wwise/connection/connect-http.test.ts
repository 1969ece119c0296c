import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../src/core/log.ts';
import { startWaapiServer } from '../../../src/embedded/server/start-waapi-server.ts';
import { connectWaapi } from '../../../src/wwise/connection/connect.ts';
import { createConnection } from '../../../src/wwise/connection/connection.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { startEngine } from '../../harness/start-engine.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function connectionTo(address: string) {
  const waapi = createConnection({ open: () => connectWaapi(address), address, log: silentLog });
  cleanups.push(() => waapi.close());
  return waapi;
}

async function peer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/waapi`;
}

describe('WAAPI over HTTP', () => {
  it('calls, gives errors as Wwise words them, and says that it has no subscriptions', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-http-'));
    cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
    freshProject(join(dir, 'P', 'P.wproj'));
    const engine = await startEngine(join(dir, 'P', 'P.wproj'), dir);
    cleanups.push(() => engine.close());
    const server = await startWaapiServer({ engine, wampPort: null, httpPort: 0, log: silentLog });
    cleanups.push(() => server.close());
    const waapi = connectionTo(server.httpUrl ?? '');
    const made = { parent: '\\Containers\\Default Work Unit', type: 'Sound', name: 'A' };
    expect(await waapi.call('ak.wwise.core.object.create', made)).toMatchObject({ name: 'A' });
    await expect(waapi.call('ak.wwise.core.object.create', made)).rejects.toMatchObject({
      code: 'NAME_CONFLICT',
    });
    await expect(waapi.subscribe('ak.wwise.core.project.saved', {}, () => {})).rejects.toMatchObject({
      code: 'WAAPI_ERROR',
      details: { uri: 'ak.wwise.unavailable' },
    });
  });

  it('distinguishes an address where nobody listens from an answer that was lost', async () => {
    await expect(
      connectionTo('http://127.0.0.1:9/waapi').call('ak.wwise.core.object.create'),
    ).rejects.toMatchObject({
      code: 'WAAPI_UNAVAILABLE',
    });
    const cutting = await peer((request) => request.socket.destroy());
    await expect(connectionTo(cutting).call('ak.wwise.core.object.create')).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
    const half = await peer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(connectionTo(half).call('ak.wwise.core.object.create')).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
  });

  it('does not take a web page for an answer of Wwise', async () => {
    const page = await peer((_request, response) => response.writeHead(404).end('<html>nothing here</html>'));
    await expect(connectionTo(page).call('ak.wwise.core.object.get')).rejects.toMatchObject({
      code: 'WAAPI_UNAVAILABLE',
      message: expect.stringContaining('404'),
    });
  });
});
