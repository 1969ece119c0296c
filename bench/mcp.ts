import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { asJsonObject, type JsonObject } from '../src/core/json.ts';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { connectWaapi } from '../src/wwise/connection/connect.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'main.js');

/** How soon the built server answers `initialize`, and what a tool call over stdio costs beyond its WAAPI round trip. */
export async function benchMcp(print: (line: string) => void): Promise<void> {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--no-types']);
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-mcp-'));
  try {
    const projectPath = join(dir, 'Game', 'Game.wproj');
    createProject(projectPath);
    print(`MCP facade, node ${process.version}, ${cpus().length} cores`);
    await benchStart(projectPath, dir, print);
    await benchCall(projectPath, dir, print);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** From the start of the process to the answer, beside what node itself takes for a line of output. */
async function benchStart(projectPath: string, dir: string, print: (line: string) => void): Promise<void> {
  const started: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    bare.push(
      await timed(() => answerOf(['-e', 'process.stdin.once("data", () => console.log("{}"))'], dir)),
    );
    started.push(
      await timed(() => answerOf([program, '--project', projectPath, '--state', join(dir, 'state')], dir)),
    );
  }
  print(`  initialize answered after   ${spread(started)}   (goal: below 200 ms)`);
  print(`  of these, node itself       ${spread(bare)}`);
}

async function answerOf(args: readonly string[], cwd: string): Promise<void> {
  const server = spawn(process.execPath, [...args], { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  server.stdin.write(`${JSON.stringify(initialize)}\n`);
  await once(server.stdout, 'data');
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}

/** The same query, in turns: straight to a WAAPI server, and as a tool call to an MCP server that asks the same server. */
async function benchCall(projectPath: string, dir: string, print: (line: string) => void): Promise<void> {
  const wamp = spawn(
    process.execPath,
    [program, 'waapi-server', projectPath, '--wamp-port', '18765', '--http-port', '0'],
    { cwd: dir },
  );
  await lineWith(wamp, 'WAMP');
  const url = 'ws://127.0.0.1:18765/waapi';
  const straight = await connectWaapi(url);
  const server = spawn(process.execPath, [program, '--wwise', url, '--state', join(dir, 'state')], {
    cwd: dir,
  });
  const ask = requester(server);
  try {
    await ask(initialize);
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    const [raw, tool]: [number[], number[]] = [[], []];
    for (let round = 0; round < 600; round += 1) {
      const query = { waql: '$ from type Bus skip 0 take 51' };
      raw.push(
        await timed(() =>
          straight.call('ak.wwise.core.object.get', query, { return: ['id', 'name', 'type', 'path'] }),
        ),
      );
      const params = { name: 'query_waql', arguments: { query: 'from type Bus' } };
      tool.push(await timed(() => ask({ jsonrpc: '2.0', id: round + 10, method: 'tools/call', params })));
    }
    // The first calls open the bus and warm both ways up.
    const [warmRaw, warmTool] = [raw.slice(100), tool.slice(100)];
    print(`  one WAAPI call              ${spread(warmRaw)}`);
    print(`  the same as a tool call     ${spread(warmTool)}`);
    const overhead = median(warmTool) - median(warmRaw);
    print(`  overhead at the median      ${overhead.toFixed(2)} ms   (goal: at most 1 ms)`);
  } finally {
    await straight.close();
    server.kill('SIGKILL');
    wamp.kill('SIGKILL');
  }
}

const initialize: JsonObject = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  },
};

/** Sends a request and resolves with its answer: no client library takes part. */
function requester(server: ChildProcessWithoutNullStreams): (request: JsonObject) => Promise<JsonObject> {
  const waiting = new Map<unknown, (answer: JsonObject) => void>();
  createInterface({ input: server.stdout }).on('line', (line) => {
    const answer = asJsonObject(JSON.parse(line));
    waiting.get(answer.id)?.(answer);
  });
  return (request) =>
    new Promise((resolve) => {
      waiting.set(request.id, resolve);
      server.stdin.write(`${JSON.stringify(request)}\n`);
    });
}

async function lineWith(child: ChildProcessWithoutNullStreams, words: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(words)) return;
  throw new Error(`The server ended before it said ${words}.`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return `median ${median(values).toFixed(2)} ms, best ${sorted[0]?.toFixed(2)} ms`;
}
