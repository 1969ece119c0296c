import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('MCP over HTTP', () => {
  const dir = tempDir('mcp-http');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  const address = () => new URL(`${room.url}/mcp`);
  const clients = {
    '2026-07-28': async () => {
      const mode = { pin: '2026-07-28' } as const;
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      await client.connect(new StreamableHTTPClientTransport(address()));
      return client;
    },
    '2025 (client 2.x)': async () => {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
      await client.connect(new StreamableHTTPClientTransport(address()));
      return client;
    },
    '2025 (sdk 1.x)': async () => {
      const client = new OldClient({ name: 'test', version: '1' });
      await client.connect(new OldTransport(address()));
      return client;
    },
  };

  it.each(Object.entries(clients))('serves a client of %s with the tools of stdio', async (era, connect) => {
    const client = await connect();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('workflow_run');
    const name = `By ${era.replace(/\W+/g, ' ').trim()}`;
    const made = await client.callTool({
      name: 'create_sound',
      arguments: { parentPath: '\\Containers\\Default Work Unit', name },
    });
    expect(made.structuredContent).toMatchObject({ ok: true, data: { name } });
    const missing = await client.callTool({
      name: 'get_object',
      arguments: { objectId: '\\Containers\\None' },
    });
    expect(missing).toMatchObject({ isError: true, structuredContent: { code: 'OBJECT_NOT_FOUND' } });
    await client.close();
  });

  it('gives the same result as REST, byte for byte', async () => {
    const client = await clients['2026-07-28']();
    const calls: readonly (readonly [name: string, args: Record<string, unknown>])[] = [
      ['query_waql', { query: '$ from type Sound' }],
      ['get_object', { objectId: '\\Containers\\Default Work Unit' }],
      ['project_info', {}],
      ['create_sound', { name: 5 }],
      ['get_object', { objectId: '\\Containers\\None' }],
    ];
    for (const [name, args] of calls) {
      const { content } = await client.callTool({ name, arguments: args });
      const [first] = content;
      const rest = await room.ask(`POST /wwise/${name}`, args);
      expect(rest.text).toBe(asJsonObject(first).text);
    }
    await client.close();
  });
});
