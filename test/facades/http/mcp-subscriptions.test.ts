import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const home = '\\Containers\\Default Work Unit';
const patient = { timeout: 60_000, interval: 50 };

describe('subscriptions to resources over HTTP', () => {
  const dir = tempDir('mcp-subscriptions');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  const connect = async (mode: 'legacy' | { pin: string }) => {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const heard: string[] = [];
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      heard.push(params.uri);
    });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${room.url}/mcp`)));
    return { client, heard };
  };

  it('notify each client of 2026-07-28 of what it listens to, whoever changed it, until it stops', async () => {
    const uri = `wwiseflow://tree/${encodeURIComponent(home)}`;
    const [one, other] = [await connect({ pin: '2026-07-28' }), await connect({ pin: '2026-07-28' })];
    const listening = await one.client.listen({ resourceSubscriptions: [uri, 'wwiseflow://nothing'] });
    const also = await other.client.listen({ resourceSubscriptions: ['wwiseflow://project'] });
    const made = { parentPath: home, name: 'Heard' };
    await room.ask('POST /wwise/create_sound', made);
    await vi.waitFor(() => expect(one.heard).toEqual([uri]), patient);
    await vi.waitFor(() => expect(other.heard).toEqual(['wwiseflow://project']), patient);
    await listening.close();
    await room.ask('POST /wwise/create_sound', { ...made, name: 'Unheard' });
    await also.close();
    const again = await one.client.listen({ resourceSubscriptions: [uri] });
    await room.ask('POST /wwise/create_sound', { ...made, name: 'Heard again' });
    await vi.waitFor(() => expect(one.heard).toEqual([uri, uri]), patient);
    await again.close();
    await Promise.all([one.client.close(), other.client.close()]);
  });

  it('are not offered to a client of 2025, whose requests stand each for itself', async () => {
    const { client } = await connect('legacy');
    expect(client.getServerCapabilities()?.resources).toMatchObject({ subscribe: false });
    await expect(client.subscribeResource({ uri: 'wwiseflow://project' })).rejects.toThrow();
    await client.close();
  });
});
