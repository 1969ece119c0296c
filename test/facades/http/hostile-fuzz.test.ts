import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { fuzzBounds } from '../../harness/fuzz/bounds.ts';
import {
  hostileQuery,
  hostileRun,
  hostileTemplate,
  hostileText,
  hostileWorkflow,
} from '../../harness/fuzz/hostile.ts';
import { hostileReader } from '../../harness/fuzz/hostile-files.ts';
import { generator, pick, value, varied } from '../../harness/fuzz/values.ts';
import { askForEver, cpuMs, residentMb } from '../../harness/fuzz/watched-process.ts';
import { ask } from '../../harness/http-room.ts';
import { program } from '../../harness/program.ts';
import { rawRequest } from '../../harness/raw-http.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const { inputs, limitMs, seed, report } = fuzzBounds({ few: 250, many: 30_000 });
const atOnce = 8;
/** Of the processor's time, beside ten times what the same request takes before. */
const longestWaitMs = 1_000;
const mostGrowthMb = 300;
/** No test waits for this: it ends one that hangs. */
const hangsAfterMs = 1_800_000;

describe.skipIf(process.platform !== 'linux')('every hostile body that is sent to serve', () => {
  it(
    'is answered or refused, and another client within a second',
    async () => {
      const dir = tempDir('hostile-http');
      const project = join(dir, 'Game.wproj');
      freshProject(project);
      const { child, url } = await startServe([
        ...['--project', project, '--state', join(dir, 'state'), '--allow-dir', dir],
      ]);
      const routes = await takingRoutes(url);
      expect(routes.length).toBeGreaterThan(100);
      const asking = [
        askForEver([child.pid], () => ask(url, 'GET /health')),
        askForEver([child.pid], () => ask(url, 'POST /wwise/query_waql', { query: '$ "\\\\Events"' })),
      ];
      await delay(500);
      const idle = asking.map((one) => one.look().longestMs);
      let earlyMb = 0;
      const random = generator(seed);
      const defects: unknown[] = [];
      const statuses: Record<string, number> = {};
      const endMs = Date.now() + limitMs;
      for (let thrown = 0; thrown < inputs && Date.now() < endMs; ) {
        const some = Array.from({ length: Math.min(atOnce, inputs - thrown) }, async () => {
          const sent = hostileRequest(routes, dir, random);
          const { status, text } = await rawRequest(url, sent);
          statuses[status] = (statuses[status] ?? 0) + 1;
          if (status >= 500 && !isExpected(text))
            defects.push([sent.path, sent.body.slice(0, 500), status, text]);
        });
        await Promise.all(some);
        thrown += some.length;
        if (thrown <= Math.max(atOnce, inputs / 10)) earlyMb = residentMb(child.pid);
      }
      const busy = asking.map((one) => one.look());
      for (const one of asking) await one.stop();
      expect(defects).toEqual([]);
      for (const [index, { asked, longestMs }] of busy.entries()) {
        expect(asked).toBeGreaterThan(0);
        expect(longestMs).toBeLessThan(longestWaitMs + 10 * (idle[index] ?? 0));
      }
      expect(residentMb(child.pid) - earlyMb).toBeLessThan(mostGrowthMb);
      const [healthMs = 0, queryMs = 0] = busy.map(({ longestMs }) => longestMs);
      report('hostile, HTTP', { ...statuses, cpuMs: cpuMs([child.pid]), healthMs, queryMs, earlyMb });
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
    hangsAfterMs,
  );
});

async function startServe(args: readonly string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [program('main'), 'serve', '--port', '0', ...args], {
    stdio: 'pipe',
  });
  child.stderr.resume();
  const url = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, url };
}

/** The routes that take a body, but those that begin what goes on for long or ends the server's work. */
async function takingRoutes(url: string): Promise<readonly { method: string; path: string }[]> {
  const { paths } = (await ask(url, 'GET /openapi.json')).json;
  return Object.entries(asJsonObject(paths)).flatMap(([path, methods]) =>
    Object.entries(asJsonObject(methods)).flatMap(([method, operation]) =>
      asJsonObject(operation).requestBody === undefined
        ? []
        : [{ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'x') }],
    ),
  );
}

type Sent = Readonly<{ method: string; path: string; headers: Record<string, string>; body: string }>;

function hostileRequest(
  routes: readonly { method: string; path: string }[],
  dir: string,
  random: () => number,
): Sent {
  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown): Sent => ({
    ...{ method: 'POST', path, headers: json },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const call = (name: string, given: unknown) => ({
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name, arguments: given },
  });
  const mcp = { ...json, accept: 'application/json, text/event-stream' };
  return pick<() => Sent>(
    [
      () => ({ ...pick(routes, random), headers: json, body: JSON.stringify(value(random, 4)) }),
      () => ({ ...pick(routes, random), headers: json, body: hostileText(random) }),
      () => post('/wwise/query_waql', { query: hostileQuery(random) }),
      () => post('/workflows/compile', { workflow: hostileTemplate(random) }),
      () => post('/workflows/plan', { workflow: hostileWorkflow(random) }),
      () => post('/workflows/preview', { workflow: varied(hostileRun(random), random) }),
      () => post('/workflows/execute', { workflow: hostileRun(random) }),
      () => post('/workflows/execute', { workflow: hostileReader(dir, random) }),
      () => post('/workflows/explain', { workflow: hostileTemplate(random) }),
      () => ({ ...post('/mcp', call('query_waql', { query: hostileQuery(random) })), headers: mcp }),
      () => ({ ...post('/mcp', varied(call('project_info', {}), random)), headers: mcp }),
      () => ({ ...post('/mcp', hostileText(random)), headers: mcp }),
      () => ({
        ...post('/uploads', hostileText(random)),
        headers: { 'content-type': `multipart/form-data; boundary=${pick(['b', '"', '', '['], random)}` },
      }),
    ],
    random,
  )();
}

/** What is not there (a live Wwise, a queue), or ended at its limit, is answered by 5xx as well; a defect says INTERNAL. */
function isExpected(text: string): boolean {
  return !/"(?:code":\s*"INTERNAL"|code":\s*-32603)/.test(text);
}
