import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../../src/core/access/token.ts';
import { asJsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteTokens } from '../../../src/stores/sqlite/sqlite-tokens.ts';
import { connectWaapi } from '../../../src/wwise/connection/connect.ts';
import { createConnection } from '../../../src/wwise/connection/connection.ts';
import { busOver } from '../../harness/bus-over.ts';
import { openHttpRoom } from '../../harness/http-room.ts';
import { newTempDir, tempDir } from '../../harness/temp-dir.ts';
import { fakeWwise, type SeenCall } from '../../wwise/connection/fake-wwise.ts';

describe('health', () => {
  const dir = tempDir('health');

  it('says over REST and as a tool of MCP what was done and what failed, and is asked of nobody', async () => {
    const room = await openHttpRoom(join(dir, 'open'), ['--toolsets', 'all']);
    const before = await room.ask('GET /health');
    expect(before).toMatchObject({
      status: 200,
      data: { status: 'ok', workspace: 'default', connected: false, calls: 0, reconnects: 0, queueLength: 0 },
    });
    const sound = { parentPath: '\\Containers\\Default Work Unit', name: 'Known' };
    await room.ask('POST /wwise/create_sound', sound);
    await room.ask('POST /wwise/create_sound', sound);
    await room.ask('POST /wwise/get_object', { objectId: '\\Containers\\None' });
    const { data } = await room.ask('GET /health');
    expect(data).toMatchObject({
      ...{ project: room.projectPath, connected: true, memo: { hits: 1, misses: 1, hitRatio: 0.5 } },
      lastErrors: [{ command: 'get_object', code: 'OBJECT_NOT_FOUND' }],
    });
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${room.url}/mcp`)));
    const tool = await client.callTool({ name: 'health', arguments: { verbose: true } });
    const { version: _, ...known } = data;
    expect(asJsonObject(tool.structuredContent).data).toEqual(known);
    await client.close();
    await room.close();
  });

  it('of a server that wants tokens is that it is there, unless a token says whose', async () => {
    const room = await openHttpRoom(join(dir, 'closed'), ['--auth']);
    const tokens = openSqliteTokens(join(dir, 'closed', 'state'));
    const token = newToken();
    const record = { id: 'a', name: 'a', workspace: 'a', createdAtMs: 1, expiresAtMs: null };
    await tokens.add({ ...record, scope: 'read', hash: hashToken(token) });
    await tokens.close();
    expect((await room.ask('GET /health')).data).toEqual({ status: 'ok', version: '0.0.0' });
    const authorization = `Bearer ${token}`;
    expect((await room.ask('GET /health', undefined, { authorization })).data).toMatchObject({
      ...{ workspace: 'a', lastErrors: [] },
    });
    expect((await room.ask('GET /health', undefined, { authorization: 'Bearer wwf_no' })).status).toBe(401);
    await room.close();
  });

  it('counts what waits, and links that took the place of others', async () => {
    const fake = await fakeWwise();
    const held: SeenCall[] = [];
    fake.onCall = (call) => held.push(call);
    const waapi = createConnection({ open: () => connectWaapi(fake.url), address: fake.url, log: silentLog });
    const { bus, close } = busOver(waapi, newTempDir('health'));
    const calls = [1, 2, 3].map((n) => waapi.call('ak.wwise.core.object.setName', { n }));
    await expect.poll(() => held.length).toBe(1);
    expect(bus.activity?.()).toMatchObject({ isLinked: true, queueLength: 3, reconnects: 0 });
    fake.onCall = (call) => call.result({});
    held[0]?.result({});
    await Promise.all(calls);
    expect(bus.activity?.()).toMatchObject({ queueLength: 0 });
    fake.dropAll();
    await expect.poll(() => bus.activity?.().isLinked).toBe(false);
    expect(bus.activity?.()).toMatchObject({ reconnects: 0 });
    await waapi.call('ak.wwise.core.getInfo');
    expect(bus.activity?.()).toMatchObject({ isLinked: true, reconnects: 1 });
    await waapi.close();
    await fake.close();
    await close();
  });
});
