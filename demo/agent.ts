import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { Stage } from './stage.ts';

/** What every tool of the server answers. */
export type Answer =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | Readonly<{ ok: false; code: string; error: string; hint: string; details: unknown }>;

export type OnStep = (done: number, total: number | undefined, message: string) => void;

/** An MCP client with a server of its own. */
export interface Agent {
  readonly protocolVersion: string;
  readonly toolCount: number;
  call(tool: string, args: Record<string, unknown>, onStep?: OnStep): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts `node dist/main.js mcp` on the stage's project and speaks MCP with it over its stdin and stdout. */
export async function connectAgent(server: string, stage: Stage): Promise<Agent> {
  const { projectFile, dir, stateDir } = stage;
  const args = [
    server,
    'mcp',
    '--project',
    projectFile,
    '--allow-dir',
    dir,
    '--state',
    stateDir,
    '--log-level',
    'warn',
  ];
  const transport = new StdioClientTransport({ command: process.execPath, args, stderr: 'inherit' });
  const client = new Client({ name: 'wwiseflow-demo', version: '1.0.0' });
  await client.connect(transport);
  const { tools } = await client.listTools();
  return {
    protocolVersion: client.getNegotiatedProtocolVersion() ?? 'unknown',
    toolCount: tools.length,
    async call(tool, args, onStep) {
      const result = await client.callTool(
        { name: tool, arguments: args },
        onStep === undefined
          ? {}
          : { onprogress: ({ progress, total, message }) => onStep(progress, total, message ?? '') },
      );
      return readAnswer(result.structuredContent, tool);
    },
    close: () => client.close(),
  };
}

function readAnswer(value: unknown, tool: string): Answer {
  const answer = members(value);
  if (answer.ok === true) return { ok: true, data: members(answer.data) };
  if (typeof answer.code !== 'string') throw new Error(`${tool} gave no answer of the agreed shape.`);
  const { code, error, hint, details } = answer;
  return { ok: false, code, error: String(error), hint: String(hint ?? ''), details };
}

/** The members of a JSON object; none when it is something else. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
