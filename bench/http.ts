import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { cpuTimeMs } from '../test/harness/cpu-time.ts';

/**
 * `serve` as it is built, in a process of its own, with the embedded engine: compiling 100 nodes, catalogue and status
 * reads over 32 connections, and 1,000 clients that follow one run. `npm run bench -- http 600` goes on with ten minutes of mixed
 * load.
 */
export async function benchHttp(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-'));
  const projectPath = join(dir, 'project', 'Bench.wproj');
  createProject(projectPath);
  execFileSync(process.execPath, [join(import.meta.dirname, '..', 'scripts', 'build.mjs'), '--no-types']);
  const main = join(import.meta.dirname, '..', 'dist', 'main.js');
  const places = ['--project', projectPath, '--state', join(dir, 'state'), '--log-level', 'silent'];
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', ...places], { cwd: dir });
  try {
    const url = await addressOf(child.stdout);
    await benchCompile(url, child.pid, print);
    await benchReads(url, child.pid, print);
    await benchStreams(url, print);
    const seconds = Number(process.argv[3] ?? 0);
    if (seconds > 0) await benchMixed(url, child.pid, seconds, print);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of output) {
    text += String(chunk);
    const url = /REST {2}(\S+)/.exec(text)?.[1];
    if (url !== undefined && text.includes('Ctrl+C')) return url;
  }
  throw new Error('The server ended before it listened.');
}

async function benchCompile(
  url: string,
  pid: number | undefined,
  print: (line: string) => void,
): Promise<void> {
  const nodes = Array.from({ length: 100 }, (_, index) => ({
    ...{ id: `n${index}`, type: 'createSound' },
    data: { name: `S${index}`, parentPath: '\\Containers\\Default Work Unit' },
  }));
  const edges = nodes.slice(1).map(({ id }, index) => ({ source: `n${index}`, target: id }));
  const body = JSON.stringify({ nodes, edges });
  const agent = new Agent({ keepAlive: true });
  for (let index = 0; index < 50; index += 1) await asked(url, 'POST', '/workflows/compile', agent, body);
  const timesMs: number[] = [];
  const usedMs = cpuTimeMs(pid);
  for (let index = 0; index < 300; index += 1)
    timesMs.push(await asked(url, 'POST', '/workflows/compile', agent, body));
  agent.destroy();
  const cpuEach = (before: number): string =>
    `${((cpuTimeMs(pid) - before) / timesMs.length).toFixed(2)} ms each`;
  print(`http: compile of 100 nodes ${spread(timesMs)}, of the processor ${cpuEach(usedMs)}`);
}

async function benchReads(
  url: string,
  pid: number | undefined,
  print: (line: string) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const run = { nodes: [{ id: 'a', type: 'queryWaql', data: { query: '$ from type WorkUnit' } }], edges: [] };
  const executed = await fetch(`${url}/workflows/execute`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(run),
  });
  const paths = [
    '/catalog?toolset=objects',
    executed.headers.get('location') ?? '/executions',
    '/executions',
  ];
  const timesMs: number[] = [];
  const usedMs = cpuTimeMs(pid);
  const most = 6_000;
  let sent = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (sent < most) {
        sent += 1;
        timesMs.push(await asked(url, 'GET', paths[sent % paths.length] ?? '/', agent));
        // Within the rate that one client may have.
        const aheadMs = sent / 0.9 - (performance.now() - began);
        if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      }
    }),
  );
  const perSecond = (1000 * timesMs.length) / (performance.now() - began);
  agent.destroy();
  const cpuEach = (before: number): string =>
    `${((cpuTimeMs(pid) - before) / timesMs.length).toFixed(2)} ms each`;
  print(
    `http: catalogue and status reads over 32 connections ${perSecond.toFixed(0)}/s, ${spread(timesMs)}, of the processor ${cpuEach(usedMs)}`,
  );
}

async function benchStreams(url: string, print: (line: string) => void): Promise<void> {
  const begun = await fetch(`${url}/workflows/execute`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      workflow: { nodes: [{ id: 'w', type: 'wait', data: { forMs: 600_000 } }], edges: [] },
      waitMs: 0,
    }),
  });
  const location = begun.headers.get('location') ?? '';
  const began = performance.now();
  const opened = await Promise.all(
    Array.from({ length: 1_000 }, async () => {
      const sent = request(`${url}${location}/events`, { agent: false });
      sent.end();
      const [response] = await once(sent, 'response');
      await once(response, 'data');
      return response;
    }),
  );
  const openedMs = performance.now() - began;
  const ends = opened.map((response) => {
    response.resume();
    return once(response, 'end');
  });
  const cancelled = performance.now();
  await fetch(`${url}${location}/cancel`, { method: 'POST' });
  await Promise.all(ends);
  const endedMs = performance.now() - cancelled;
  print(
    `http: ${opened.length} event streams opened in ${openedMs.toFixed(0)} ms, the last event at all of them after ${endedMs.toFixed(0)} ms`,
  );
}

/** Reads, compiles, commands, runs with their events and MCP over 16 connections; what the process holds at each quarter of the time. */
async function benchMixed(
  url: string,
  pid: number | undefined,
  seconds: number,
  print: (line: string) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const parentPath = '\\Containers\\Default Work Unit';
  const node = { id: 'a', type: 'createSound', data: { name: 'Mixed', parentPath } };
  const flow = JSON.stringify({ nodes: [node], edges: [] });
  const run = async (): Promise<void> => {
    const sent = request(`${url}/workflows/execute`, {
      ...{ method: 'POST', agent, headers: { 'content-type': 'application/json' } },
    });
    sent.end(flow);
    const [response] = await once(sent, 'response');
    response.resume();
    await once(response, 'end');
    // A run that has ended has no events for who begins to listen with the last; the first time it has all.
    await asked(url, 'GET', `${response.headers.location}/events`, agent);
  };
  const kinds: readonly (() => Promise<unknown>)[] = [
    () => asked(url, 'GET', '/catalog?toolset=objects', agent),
    () => asked(url, 'GET', '/executions?take=5', agent),
    () => asked(url, 'GET', '/audit?take=5', agent),
    () => asked(url, 'GET', '/health', agent),
    () => asked(url, 'POST', '/workflows/compile', agent, flow),
    () => asked(url, 'POST', '/wwise/query_waql', agent, '{"query":"$ from type Sound"}'),
    () => asked(url, 'GET', '/openapi.json', agent),
    run,
  ];
  const began = performance.now();
  const usedMs = cpuTimeMs(pid);
  let requests = 0;
  let quarter = 1;
  const heldMb: string[] = [];
  const next = async (first: number): Promise<void> => {
    for (let at = first; performance.now() - began < seconds * 1000; at += 1) {
      await kinds[at % kinds.length]?.();
      requests += 1;
      if (performance.now() - began < (quarter * seconds * 1000) / 4) continue;
      quarter += 1;
      heldMb.push(await heldBy(url));
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, at) => next(at)));
  heldMb.push(await heldBy(url));
  agent.destroy();
  const perSecond = requests / ((performance.now() - began) / 1000);
  const cpuEach = ((cpuTimeMs(pid) - usedMs) / requests).toFixed(2);
  print(
    `http: ${seconds} s of mixed load ${perSecond.toFixed(0)}/s, of the processor ${cpuEach} ms each; held ${heldMb.join(', ')}`,
  );
}

/** What the process has, and what of its heap is in use, in MB. */
async function heldBy(url: string): Promise<string> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const of = (name: string): string =>
    (Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]) / 1e6).toFixed(0);
  return `${of('process_resident_memory_bytes')} (heap ${of('nodejs_heap_size_used_bytes')})`;
}

/** Sends one request and reads its answer; gives the milliseconds. Throws for a status that is no success. */
async function asked(
  url: string,
  method: string,
  path: string,
  agent: Agent,
  body?: string,
): Promise<number> {
  const began = performance.now();
  const headers = body === undefined ? {} : { 'content-type': 'application/json' };
  const sent = request(`${url}${path}`, { method, agent, headers });
  sent.end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  await once(response, 'end');
  if (response.statusCode >= 300) throw new Error(`${method} ${path} was answered ${response.statusCode}.`);
  return performance.now() - began;
}

function spread(timesMs: readonly number[]): string {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`;
}
