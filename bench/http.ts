import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';
import { cpuTimeMs } from '../test/harness/cpu-time.ts';
import { asked, percentile, spread } from './http/asked.ts';
import { measureMixed } from './http/mixed.ts';
import { keepSection } from './keep-section.ts';
import { limitRow, type SpeedRow } from './speed/row.ts';

/**
 * `serve` as it is built, in a process of its own, with the embedded engine, against its goals: compiling 100 nodes, catalogue and
 * status reads over 32 connections, 1,000 clients that follow one run, and mixed load. `npm run bench -- http 600` has ten minutes
 * of it. Prints all, and keeps it in RESULTS.md.
 */
export async function benchHttp(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-bench-'));
  const projectPath = join(dir, 'project', 'Bench.wproj');
  createProject(projectPath);
  execFileSync(process.execPath, [join(import.meta.dirname, '..', 'scripts', 'build.mjs'), '--no-types']);
  const main = join(import.meta.dirname, '..', 'dist', 'main.js');
  const places = ['--project', projectPath, '--state', join(dir, 'state'), '--log-level', 'silent'];
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', ...places], { cwd: dir });
  const seconds = Number(process.argv[3] ?? usualSeconds) || usualSeconds;
  const lines: string[] = [];
  const add = (line: string): void => {
    lines.push(line);
    print(line);
  };
  try {
    const url = await addressOf(child.stdout);
    for (const line of heading()) add(line);
    const sections: readonly (() => Promise<readonly SpeedRow[]>)[] = [
      () => measureCompiling(url, child.pid),
      () => measureReads(url, child.pid),
      () => measureStreams(url),
      () => measureMixed(url, child.pid, seconds),
    ];
    for (const section of sections)
      for (const { what, goal, measured, isMet } of await section())
        add(`| ${what} | ${goal} | ${measured} | ${isMet ? 'met' : 'missed'} |`);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(dir, { recursive: true, force: true });
  }
  keepSection('http', lines);
}

/** A trial of the ten minutes. */
const usualSeconds = 30;

function heading(): readonly string[] {
  return [
    '## HTTP',
    '',
    `One \`wwiseflow serve\` over a new project, Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, on which ${(loadavg()[0] ?? 0).toFixed(1)} programs were running when it began.`,
    '',
    '| what | goal | measured | verdict |',
    '|---|---|---|---|',
  ];
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

async function measureCompiling(url: string, pid: number | undefined): Promise<readonly SpeedRow[]> {
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
  const cpuEach = (cpuTimeMs(pid) - usedMs) / timesMs.length;
  const row = limitRow('compile 100 nodes, p95', percentile(timesMs, 0.95), 10, 'ms', 1);
  return [{ ...row, measured: `${spread(timesMs)}, of the processor ${cpuEach.toFixed(2)} ms each` }];
}

async function measureReads(url: string, pid: number | undefined): Promise<readonly SpeedRow[]> {
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
  const cpuEach = (cpuTimeMs(pid) - usedMs) / timesMs.length;
  return [
    {
      what: 'catalogue and status reads over 32 connections',
      goal: '>= 500/s',
      measured: `${perSecond.toFixed(0)}/s, of the processor ${cpuEach.toFixed(2)} ms each`,
      isMet: perSecond >= 500,
    },
    {
      ...limitRow('the same, p95', percentile(timesMs, 0.95), 100, 'ms', 1),
      measured: spread(timesMs),
    },
  ];
}

async function measureStreams(url: string): Promise<readonly SpeedRow[]> {
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
  return [
    {
      what: 'event streams open at once',
      goal: '1000, each with the last event',
      measured: `${opened.length}, opened in ${openedMs.toFixed(0)} ms; the last event at all of them after ${endedMs.toFixed(0)} ms`,
      isMet: opened.length >= 1_000,
    },
  ];
}
