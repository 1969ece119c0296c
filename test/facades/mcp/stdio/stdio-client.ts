import { Client as NewClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { program } from '../../../harness/program.ts';

export interface Progress {
  readonly progress: number;
  readonly message: string;
}

interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** A connected client, whichever library and protocol it speaks. Values are plain JSON as they came over the wire. */
export interface StdioClient {
  readonly pid: number;
  readonly instructions: string;
  /**
   * The progress of all calls as it came over the wire, in its order. `onProgress` may miss the last of it: the libraries stop
   * listening when the result arrives in the same piece.
   */
  readonly progress: readonly Progress[];
  listTools(): Promise<JsonObject[]>;
  /**
   * The result of a tool, in full unless `verbose` is false: its structured content, after checking that the text says the
   * same.
   */
  call(name: string, args: JsonObject, options?: CallOptions): Promise<JsonObject>;
  listPrompts(): Promise<JsonObject[]>;
  getPrompt(name: string, args: Record<string, string>): Promise<string>;
  listResources(): Promise<JsonObject[]>;
  readResource(uri: string): Promise<JsonObject>;
  close(): Promise<void>;
}

export type Era = '2026-07-28' | '2025 (client 2.x)' | '2025 (sdk 1.x)';

/** Starts the server as a client would, and connects. */
export async function startServer(era: Era, args: readonly string[], cwd: string): Promise<StdioClient> {
  const parameters = {
    command: process.execPath,
    args: [...launch, ...args],
    cwd,
    stderr: 'ignore' as const,
  };
  if (era === '2025 (sdk 1.x)') {
    const transport = new OldTransport(parameters);
    const client = new OldClient({ name: 'test', version: '1' });
    await client.connect(transport);
    const progress = progressOver(transport);
    return wrap({ pid: transport.pid, progress }, client, (name, given, { onProgress, signal }) =>
      client.callTool(
        { name, arguments: { verbose: true, ...given } },
        undefined,
        requestOptions(onProgress, signal),
      ),
    );
  }
  const transport = new NewTransport(parameters);
  const mode = era === '2026-07-28' ? { pin: '2026-07-28' } : 'legacy';
  const client = new NewClient({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  const progress = progressOver(transport);
  return wrap({ pid: transport.pid, progress }, client, (name, given, { onProgress, signal }) =>
    client.callTool({ name, arguments: { verbose: true, ...given } }, requestOptions(onProgress, signal)),
  );
}

/** How to start the server: node's arguments. */
export const launch: readonly string[] = [program('main')];

/** What both client libraries share. */
interface AnyClient {
  getInstructions(): string | undefined;
  listTools(): Promise<unknown>;
  listPrompts(): Promise<unknown>;
  getPrompt(request: { name: string; arguments: Record<string, string> }): Promise<unknown>;
  listResources(): Promise<unknown>;
  readResource(request: { uri: string }): Promise<unknown>;
  close(): Promise<void>;
}

/** What arrives of progress from now on. */
function progressOver<M>(transport: { onmessage?: ((message: M) => void) | undefined }): readonly Progress[] {
  const seen: Progress[] = [];
  const { onmessage } = transport;
  transport.onmessage = (message) => {
    const { method, params } = asJsonObject(JSON.parse(JSON.stringify(message)));
    const { progress, message: text } = asJsonObject(params);
    if (method === 'notifications/progress')
      seen.push({ progress: Number(progress), message: asString(text) ?? '' });
    onmessage?.(message);
  };
  return seen;
}

function wrap(
  { pid, progress }: { readonly pid: number | null; readonly progress: readonly Progress[] },
  client: AnyClient,
  callTool: (name: string, args: JsonObject, options: CallOptions) => Promise<unknown>,
): StdioClient {
  const listed = async (answer: Promise<unknown>, key: string) =>
    asJsonArray(asJsonObject(await answer)[key]).map(asJsonObject);
  return {
    pid: pid ?? 0,
    instructions: client.getInstructions() ?? '',
    progress,
    listTools: () => listed(client.listTools(), 'tools'),
    call: async (name, args, options = {}) => structured(await callTool(name, args, options)),
    listPrompts: () => listed(client.listPrompts(), 'prompts'),
    getPrompt: async (name, args) => {
      const [message] = await listed(client.getPrompt({ name, arguments: args }), 'messages');
      return asString(asJsonObject(message?.content).text) ?? '';
    },
    listResources: () => listed(client.listResources(), 'resources'),
    readResource: async (uri) => {
      const [content] = await listed(client.readResource({ uri }), 'contents');
      return asJsonObject(JSON.parse(asString(content?.text) ?? ''));
    },
    close: () => client.close(),
  };
}

function structured(answer: unknown): JsonObject {
  const { content, structuredContent, isError } = asJsonObject(answer);
  const text = asString(asJsonObject(asJsonArray(content)[0]).text) ?? '';
  const result = asJsonObject(structuredContent);
  if (text !== JSON.stringify(result)) throw new Error(`The text is not the structured content: ${text}`);
  if ((isError === true) === result.ok) throw new Error(`isError contradicts ok: ${text}`);
  return result;
}

function requestOptions(onProgress: CallOptions['onProgress'], signal: AbortSignal | undefined) {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : {
          onprogress: (event: { progress: number; message?: string | undefined }) =>
            onProgress({ progress: event.progress, message: event.message ?? '' }),
        }),
  };
}
