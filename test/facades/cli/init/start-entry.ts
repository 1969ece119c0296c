import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parse as parseToml } from '@decimalturn/toml-patch';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { asJsonArray, asJsonObject, asString } from '../../../../src/core/json.ts';

/** Starts the server that the settings of a client name, as that client would: elsewhere, with nothing but command and args. */
export async function startEntry(
  filePath: string,
): Promise<{ readonly tools: readonly string[]; readonly project: unknown }> {
  const text = readFileSync(filePath, 'utf8');
  const settings = asJsonObject(filePath.endsWith('.toml') ? parseToml(text) : JSON.parse(text));
  const servers = asJsonObject(settings.mcpServers ?? settings.servers ?? settings.mcp_servers);
  const entry = asJsonObject(servers.wwiseflow);
  const transport = new StdioClientTransport({
    command: asString(entry.command) ?? '',
    args: asJsonArray(entry.args).flatMap((arg) => asString(arg) ?? []),
    cwd: tmpdir(),
    stderr: 'ignore',
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  try {
    const { tools } = await client.listTools();
    const { structuredContent } = await client.callTool({ name: 'project_info', arguments: {} });
    const { name } = asJsonObject(asJsonObject(structuredContent).data);
    return { tools: tools.map((tool) => tool.name), project: name };
  } finally {
    await client.close();
  }
}
