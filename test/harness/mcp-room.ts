import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { createApp } from '../../src/app.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import { readConfig } from '../../src/config.ts';
import { createMcpServer } from '../../src/facades/mcp/server.ts';

export interface McpRoom {
  /** The structured content of a tool's answer; throws when the text says anything else. */
  call(tool: string, args: JsonObject): Promise<JsonObject>;
  /** Its data; throws when the tool failed. */
  done(tool: string, args: JsonObject): Promise<JsonObject>;
}

/** Runs `work` with a client of the whole program with every tool; only the pipe between the two is in memory. */
export async function withMcp<T>(
  dir: string,
  target: readonly string[],
  work: (room: McpRoom) => Promise<T>,
): Promise<T> {
  const places = ['--state', join(dir, 'state'), '--allow-dir', dir];
  const config = readConfig({
    argv: [...target, ...places, '--toolsets', 'all'],
    env: {},
    cwd: dir,
    homeDir: homedir(),
    platform: 'linux',
    version: '0.0.0',
  });
  const packageDir = fileURLToPath(new URL('../..', import.meta.url));
  const app = createApp(config, { version: '0.0.0', packageDir }, silentLog);
  const server = createMcpServer({ ...app, version: '0.0.0', prompts: [], readOnly: false, log: silentLog });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(near);
  const call: McpRoom['call'] = async (name, args) => {
    const { content, structuredContent } = await client.callTool({ name, arguments: { ...args } });
    const result = asJsonObject(structuredContent);
    const text = asString(asJsonObject(asJsonArray(content)[0]).text);
    if (text !== JSON.stringify(result)) throw new Error(`${name}: the text is not the structured content.`);
    return result;
  };
  try {
    return await work({
      call,
      done: async (name, args) => {
        const result = await call(name, args);
        if (result.ok === true) return asJsonObject(result.data);
        throw new Error(`${name}: ${String(result.code)}: ${String(result.error)} ${String(result.hint)}`);
      },
    });
  } finally {
    await client.close();
    await server.close();
    await app.close();
  }
}
