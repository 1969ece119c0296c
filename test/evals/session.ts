import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import type { OfferedTool } from './model/model.ts';

/** A client of the server, over the standard input and output of a process. */
export interface Session {
  readonly instructions: string;
  readonly tools: readonly OfferedTool[];
  /** The text that came back. Never throws: what the protocol refuses is an error with its words. */
  call(name: string, args: JsonObject): Promise<{ readonly text: string; readonly isError: boolean }>;
  close(): Promise<void>;
}

/** Starts the server, `entry` of node, on the project in `dir` as a client of an agent does. It sees no variable of ours. */
export async function openSession(entry: string, dir: string): Promise<Session> {
  const project = join(dir, 'Game', 'Game.wproj');
  const places = ['--project', project, '--state', join(dir, 'state'), '--allow-dir', dir];
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [entry, 'mcp', ...places],
    cwd: dir,
    stderr: 'ignore',
  });
  const client = new Client({ name: 'evals', version: '1' });
  await client.connect(transport);
  const { tools } = await client.listTools();
  return {
    instructions: client.getInstructions() ?? '',
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description: description ?? '',
      inputSchema: asJsonObject(JSON.parse(JSON.stringify(inputSchema))),
    })),
    call: async (name, args) => {
      try {
        const { content, isError } = await client.callTool({ name, arguments: args });
        const text = asJsonArray(content).map((part) => asString(asJsonObject(part).text) ?? '');
        return { text: text.join('\n'), isError: isError === true };
      } catch (thrown) {
        return { text: thrown instanceof Error ? thrown.message : String(thrown), isError: true };
      }
    },
    close: () => client.close(),
  };
}
