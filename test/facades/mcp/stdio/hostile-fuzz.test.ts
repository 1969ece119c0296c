import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { connectWaapi } from '../../../../src/wwise/connection/connect.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { fuzzBounds } from '../../../harness/fuzz/bounds.ts';
import {
  hostileQuery,
  hostileRegex,
  hostileRename,
  hostileRun,
  hostileTable,
  hostileTemplate,
  hostileText,
  hostileUnit,
  hostileWorkflow,
} from '../../../harness/fuzz/hostile.ts';
import { hostileFile, hostileProject, hostileReader } from '../../../harness/fuzz/hostile-files.ts';
import { generator, pick } from '../../../harness/fuzz/values.ts';
import { askForEver, cpuMs, residentMb } from '../../../harness/fuzz/watched-process.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { launch } from './stdio-client.ts';

const { inputs, limitMs, seed, report } = fuzzBounds({ few: 600, many: 100_000 });
/** So many are under way at once, as from a client that does not wait. */
const atOnce = 8;
/** Of the processors' time, beside ten times what the same request takes before: what it takes on a machine of its own. */
const longestWaitMs = 1_000;
/** Beyond what the first tenth of the inputs left. */
const mostGrowthMb = 300;
/** No test waits for this: it ends one that hangs. */
const hangsAfterMs = 1_800_000;
const home = '\\Containers\\Default Work Unit';
const tools =
  'query_waql,rename_by_pattern,import_tab_delimited,workflow_compile,workflow_run,project_info,audio_facts';

/** Those that cost the least come most often. */
const often = Object.entries({
  line: 6,
  regex: 3,
  query: 3,
  template: 3,
  run: 1,
  rename: 2,
  message: 2,
  compile: 1,
  table: 1,
  unit: 1,
  project: 1,
  reader: 2,
  file: 1,
}).flatMap(([kind, times]) => Array.from({ length: times }, () => kind));

/** An MCP server as a process of its own, spoken to line by line. */
interface Session {
  readonly process: ChildProcessWithoutNullStreams;
  /** Lines that were refused without naming a request. */
  readonly refused: () => number;
  send(line: string): void;
  request(method: string, params: unknown): Promise<JsonObject>;
  call(tool: string, given: unknown): Promise<JsonObject>;
}

async function startSession(args: readonly string[]): Promise<Session> {
  const server = spawn(process.execPath, [...launch, 'mcp', ...args], { stdio: 'pipe' });
  server.stderr.resume();
  const waiting = new Map<unknown, (answer: JsonObject) => void>();
  let refused = 0;
  createInterface({ input: server.stdout }).on('line', (text) => {
    const answer = asJsonObject(JSON.parse(text));
    if (answer.id === null) refused++;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let lastId = 0;
  const request: Session['request'] = (method, params) => {
    const id = `r${++lastId}`;
    const answered = new Promise<JsonObject>((resolve) => waiting.set(id, resolve));
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return answered;
  };
  const clientInfo = { name: 'c', version: '1' };
  await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  server.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  return {
    process: server,
    refused: () => refused,
    send: (line) => server.stdin.write(`${line}\n`),
    request,
    call: (name, given) => request('tools/call', { name, arguments: given }),
  };
}

async function end({ process: server }: Session): Promise<void> {
  server.stdin.end();
  expect(await once(server, 'exit')).toEqual([0, null]);
}

interface Room {
  readonly dir: string;
  readonly project: string;
  /** The Work Unit that is overwritten. */
  readonly unit: string;
}

function newRoom(name: string): Room {
  const dir = tempDir(name);
  const project = join(dir, 'Game.wproj');
  freshProject(project);
  return { dir, project, unit: join(dir, 'Events', 'Default Work Unit.wwu') };
}

/** Throws inputs at a session; each must be answered, and none by a defect. Calls `look` after the first tenth and at the end. */
async function throwAll(session: Session, room: Room, count: number, look: () => void): Promise<JsonObject> {
  const whole = readFileSync(room.unit, 'utf8');
  const wholeProject = readFileSync(room.project, 'utf8');
  const random = generator(seed);
  const { call, request } = session;
  const sound = '$ from type Sound';
  const kinds: Readonly<Record<string, () => Promise<JsonObject>>> = {
    query: () => call('query_waql', { query: hostileQuery(random) }),
    regex: () => call('query_waql', { query: `${sound} where name = /${hostileRegex(random)}/` }),
    rename: () => call('rename_by_pattern', { query: sound, ...hostileRename(random), preview: true }),
    run: () => call('workflow_run', { workflow: hostileRun(random) }),
    template: () => call('workflow_compile', { workflow: hostileTemplate(random) }),
    compile: () => call('workflow_compile', { workflow: hostileWorkflow(random) }),
    table: () =>
      call('import_tab_delimited', { filePath: hostileTable(room.dir, random), importLocation: home }),
    unit: () => {
      writeFileSync(room.unit, hostileUnit(whole, random));
      return call('query_waql', { query: '$ from type Event' });
    },
    project: () => {
      writeFileSync(room.project, hostileProject(wholeProject, random));
      return call('project_info', {}).finally(() => writeFileSync(room.project, wholeProject));
    },
    reader: () => call('workflow_run', { workflow: hostileReader(room.dir, random) }),
    file: () => call('audio_facts', { filePath: hostileFile(room.dir, random).path }),
    line: () => {
      session.send(hostileText(random));
      return request('ping', {});
    },
    message: () =>
      request(pick(['tools/call', 'tools/list', 'nothing', '__proto__'], random), hostileWorkflow(random)),
  };
  const done: Record<string, number> = {};
  const defects: unknown[] = [];
  const endMs = Date.now() + limitMs;
  for (let thrown = 0; thrown < count && Date.now() < endMs; ) {
    const some = Array.from({ length: Math.min(atOnce, count - thrown) }, async () => {
      const kind = pick(often, random);
      done[kind] = (done[kind] ?? 0) + 1;
      const answer = await kinds[kind]?.();
      const { code } = asJsonObject(asJsonObject(answer?.result).structuredContent);
      if (code === 'INTERNAL' || asJsonObject(answer?.error).code === -32603) defects.push([kind, answer]);
    });
    await Promise.all(some);
    thrown += some.length;
    if (thrown <= Math.max(atOnce, count / 10)) look();
  }
  writeFileSync(room.unit, whole);
  writeFileSync(room.project, wholeProject);
  expect(defects).toEqual([]);
  return done;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function withSounds(session: Session): Promise<void> {
  const names = ['a'.repeat(200), `${'a'.repeat(150)}b`, ...Array.from({ length: 60 }, (_, i) => `aaaa${i}`)];
  for (const name of names) await session.call('create_sound', { name, parentPath: home });
  await session.call('project_save', {});
}

describe.skipIf(process.platform !== 'linux')(
  'every hostile expression, line and document is answered or refused',
  () => {
    it(
      'by a server of one client, and another request of it within a second',
      async () => {
        const room = newRoom('hostile');
        const session = await startSession([
          ...['--project', room.project, '--state', join(room.dir, 'state'), '--allow-dir', room.dir],
          ...['--toolsets', 'default', '--tools', tools],
        ]);
        await withSounds(session);
        const { pid } = session.process;
        const asking = askForEver([pid], () => session.request('ping', {}));
        await delay(500);
        const idle = asking.look();
        let earlyMb = 0;
        const done = await throwAll(session, room, Math.ceil(inputs / 4), () => {
          earlyMb = residentMb(pid);
        });
        const busy = asking.look();
        await asking.stop();
        expect(busy.asked).toBeGreaterThan(0);
        expect(busy.longestMs).toBeLessThan(longestWaitMs + 10 * idle.longestMs);
        expect(residentMb(pid) - earlyMb).toBeLessThan(mostGrowthMb);
        report('hostile', {
          cpuMs: cpuMs([pid]),
          ...done,
          refused: session.refused(),
          idleMs: idle.longestMs,
          waitMs: busy.longestMs,
          earlyMb,
          endMb: residentMb(pid),
        });
        await end(session);
      },
      hangsAfterMs,
    );

    it(
      'by an engine of many clients, and others of them within a second',
      async () => {
        const room = newRoom('hostile-shared');
        const engine = spawn(
          process.execPath,
          [
            ...launch,
            'waapi-server',
            room.project,
            '--wamp-port',
            String(await freePort()),
            '--http-port',
            '0',
            '--state',
            join(room.dir, 'engine'),
          ],
          { stdio: 'pipe' },
        );
        engine.stderr.resume();
        const url = await new Promise<string>((resolve) => {
          createInterface({ input: engine.stdout }).on('line', (line) => {
            const [found] = /ws:\S+/.exec(line) ?? [];
            if (found !== undefined) resolve(found);
          });
        });
        const args = (name: string) => [
          ...['--wwise', url, '--state', join(room.dir, name), '--allow-dir', room.dir],
          ...['--toolsets', 'default', '--tools', tools],
        ];
        const [hostile, other] = await Promise.all([
          startSession(args('hostile')),
          startSession(args('other')),
        ]);
        await withSounds(hostile);
        const wire = await connectWaapi(url);
        const small = { waql: `$ "${home}"` };
        const askings = [
          // While the project file is broken it may be refused.
          askForEver([engine.pid], () =>
            wire.call('ak.wwise.core.object.get', small, { return: ['id'] }).catch(() => undefined),
          ),
          askForEver([engine.pid, other.process.pid], () => other.call('query_waql', { query: small.waql })),
          askForEver([hostile.process.pid], () => hostile.request('ping', {})),
        ];
        await delay(500);
        const idle = askings.map((asking) => asking.look().longestMs);
        const pids = [engine.pid, hostile.process.pid];
        let early: number[] = [];
        const done = await throwAll(hostile, room, Math.ceil((inputs * 3) / 4), () => {
          early = pids.map(residentMb);
        });
        const busy = askings.map((asking) => asking.look());
        for (const asking of askings) await asking.stop();
        for (const [index, { asked, longestMs }] of busy.entries()) {
          expect(asked).toBeGreaterThan(0);
          expect(longestMs).toBeLessThan(longestWaitMs + 10 * (idle[index] ?? 0));
        }
        const late = pids.map(residentMb);
        for (const [index, mb] of late.entries()) expect(mb - (early[index] ?? 0)).toBeLessThan(mostGrowthMb);
        const [wampMs = 0, mcpMs = 0, ownMs = 0] = busy.map(({ longestMs }) => longestMs);
        report('hostile, shared', {
          cpuMs: cpuMs(pids),
          ...done,
          wampMs,
          mcpMs,
          ownMs,
          engineMb: late[0] ?? 0,
          serverMb: late[1] ?? 0,
        });
        await wire.close();
        await end(hostile);
        await end(other);
        engine.kill('SIGTERM');
        expect(await once(engine, 'exit')).toEqual([0, null]);
      },
      hangsAfterMs,
    );
  },
);
