import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import type { App } from '../../src/app.ts';
import { silentLog } from '../../src/base/log.ts';
import { createMcpServer } from '../../src/facades/mcp/server.ts';

/** A client of the MCP door of a program; only the pipe between the two is in memory. `close` closes the program too. */
export async function mcpClient(
  { tools, openBus, openDesk, close }: App,
  readOnly = false,
): Promise<{ readonly client: Client; close(): Promise<void> }> {
  const door = { version: '0.0.0', tools, prompts: [], readOnly, openBus, openDesk, log: silentLog };
  const server = createMcpServer(door);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(near);
  return {
    client,
    close: async () => {
      await client.close();
      await server.close();
      await close();
    },
  };
}
