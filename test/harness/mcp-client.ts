import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import type { App } from '../../src/app.ts';
import type { Profile } from '../../src/core/access/profile.ts';
import { silentLog } from '../../src/core/log.ts';
import { createMcpServer } from '../../src/facades/mcp/server.ts';

/** A client of the MCP transport of a program; only the pipe between the two is in memory. `close` closes the program too. */
export async function mcpClient(
  app: App,
  profile: Profile = 'admin',
): Promise<{ readonly client: Client; close(): Promise<void> }> {
  const server = createMcpServer({
    ...app,
    version: '0.0.0',
    readPrompts: () => [],
    profile,
    log: silentLog,
  });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(near);
  return {
    client,
    close: async () => {
      await client.close();
      await server.close();
      await app.close();
    },
  };
}
