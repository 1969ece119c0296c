import { join } from 'node:path';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { appIn } from './app-in.ts';
import { mcpClient } from './mcp-client.ts';

export interface McpRoom {
  /** The structured content of a tool's answer, in full unless `verbose` is false; throws when the text says anything else. */
  call(tool: string, args: JsonObject): Promise<JsonObject>;
  /** Its data; throws when the tool failed. */
  done(tool: string, args: JsonObject): Promise<JsonObject>;
}

/** Runs `work` with a client of the whole program with every tool; only the pipe between the two is in memory. */
export async function withMcp<T>(
  dir: string,
  target: readonly string[],
  work: (room: McpRoom) => Promise<T>,
  env: Readonly<Record<string, string>> = {},
): Promise<T> {
  const places = ['--state', join(dir, 'state'), '--allow-dir', dir];
  const app = appIn(dir, [...target, ...places, '--toolsets', 'all'], env);
  const { client, close } = await mcpClient(app);
  const call: McpRoom['call'] = async (name, args) => {
    const { content, structuredContent } = await client.callTool({
      name,
      arguments: { verbose: true, ...args },
    });
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
    await close();
  }
}
