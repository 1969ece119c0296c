import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist', 'main.js');

/** Programs as they are started: WwiseFlow as it is installed, and the pass-through bundled likewise. */
export interface Programs {
  ours(args: readonly string[]): readonly string[];
  passThrough(url: string): readonly string[];
}

/** Builds both. What is built for a comparison lies in `dir`. */
export async function buildPrograms(dir: string): Promise<Programs> {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--no-types'], { stdio: 'ignore' });
  const outfile = join(dir, 'pass-through', 'pass-through.mjs');
  mkdirSync(join(dir, 'pass-through'), { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('./pass-through.ts', import.meta.url))],
    ...{ outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' },
    ...{ minifySyntax: true, minifyWhitespace: true },
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  return { ours: (args) => [program, ...args], passThrough: (url) => [outfile, url] };
}

/** An MCP server in a process of its own, asked line by line: no client library takes part. */
export interface StdioPeer {
  readonly pid: number;
  ask(method: string, params: JsonObject): Promise<JsonObject>;
  /** The result of a tool; throws what the tool failed with. */
  tool(name: string, args: JsonObject): Promise<JsonObject>;
  close(): Promise<void>;
}

/** Starts a program and greets it. */
export async function startPeer(args: readonly string[], cwd: string): Promise<StdioPeer> {
  const child = spawn(process.execPath, [...args], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = new Map<unknown, (answer: JsonObject) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = asJsonObject(JSON.parse(line));
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let last = 0;
  const ask = (method: string, params: JsonObject): Promise<JsonObject> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: last, method, params })}\n`);
    });
  await ask('initialize', greeting);
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  return {
    pid: child.pid ?? 0,
    ask,
    tool: async (name, args) => {
      const { result, error } = await ask('tools/call', { name, arguments: args });
      const answer = asJsonObject(result);
      if (error !== undefined || answer.isError === true)
        throw new Error(`${name}: ${JSON.stringify(error ?? answer.content).slice(0, 500)}`);
      return asJsonObject(answer.structuredContent);
    },
    close: () => ended(child),
  };
}

export const greeting: JsonObject = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bench', version: '1' },
};

/** The embedded WAAPI server on a project; gives its address and its end. */
export async function startWaapi(
  programs: Programs,
  projectPath: string,
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const args = ['waapi-server', projectPath, '--wamp-port', String(port), '--http-port', '0'];
  const child = spawn(process.execPath, [...programs.ours(args)], { stdio: 'pipe' });
  child.stderr.resume();
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('WAMP')) break;
  child.stdout.resume();
  return { url: `ws://127.0.0.1:${port}/waapi`, close: () => ended(child) };
}

async function ended(child: ChildProcessWithoutNullStreams | ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
