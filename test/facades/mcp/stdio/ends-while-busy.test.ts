import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateProject } from '../../../../bench/embedded-generated-project.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { openProject } from '../../../../src/embedded/project/open-project.ts';
import { sample } from '../../../harness/amount.ts';
import { cpuTimeMs } from '../../../harness/cpu-time.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { launch } from './stdio-client.ts';

/** Enough that each of the works takes a second at least. */
const objects = 12_000;
const home = '\\Containers\\Default Work Unit';
const dir = tempDir('ends-busy');
const sounds = '$ from type Sound';

/** What keeps the server at work, by name: calls that are all under way when it is asked to end. */
const works: Readonly<Record<string, readonly (readonly [string, JsonObject])[]>> = {
  lint: Array.from({ length: 5 }, () => ['project_lint', {}]),
  'queries that look at everything': Array.from({ length: 10 }, () => [
    'query_waql',
    { query: `${sounds} where name = /(1|11)*9$/ select ancestors select descendants orderby name` },
  ]),
  preview: [
    [
      'workflow_run',
      {
        mode: 'preview',
        workflow: {
          nodes: [
            {
              id: 'all',
              type: 'setMany',
              data: { query: `${sounds} take 2000`, properties: { Volume: -7 } },
            },
          ],
          edges: [],
        },
      },
    ],
  ],
  'one edit of thousands': [
    [
      'waapi_call',
      {
        uri: 'ak.wwise.core.object.set',
        args: {
          objects: [
            {
              object: home,
              children: Array.from({ length: 15_000 }, (_, at) => ({ type: 'Sound', name: `New ${at}` })),
            },
          ],
        },
      },
    ],
  ],
  'a run': [
    [
      'workflow_run',
      {
        workflow: {
          nodes: Array.from({ length: 3_000 }, (_, at) => ({
            id: `n${at}`,
            type: 'createSound',
            data: { name: `Run ${at}`, parentPath: home },
          })),
          edges: [],
        },
      },
    ],
  ],
  'a loop of expressions': [
    [
      'workflow_run',
      {
        workflow: {
          nodes: [
            {
              id: 'loop',
              type: 'forEach',
              data: {
                items: '{{ range(1, 5000) }}',
                nodes: [{ id: 's', type: 'say', data: { text: '{{ toText(size(range(1, 90000))) }}' } }],
              },
            },
          ],
          edges: [],
        },
      },
    ],
  ],
  'calls without number': Array.from({ length: 300 }, (_, index) => [
    'create_sound',
    { name: `Sound ${index}`, parentPath: home },
  ]),
};

/** How the end is announced. */
const ends: Readonly<Record<string, (server: Server) => void>> = {
  SIGTERM: ({ process }) => process.kill('SIGTERM'),
  SIGINT: ({ process }) => process.kill('SIGINT'),
  'the end of its input': ({ process }) => process.stdin.end(),
};

interface Server {
  readonly process: ChildProcessWithoutNullStreams;
  readonly stateDir: string;
  readonly answered: ReadonlySet<unknown>;
  /** Resolves to the result of a tool. */
  call(tool: string, input: JsonObject): Promise<JsonObject>;
  /** How much of the processor it takes to end once asked to, in ms: that is what it takes on a machine of its own. */
  end(how: (server: Server) => void): Promise<number>;
}

async function serve(project: string, name: string): Promise<Server> {
  const stateDir = join(dir, `state ${name.replaceAll(/\W/g, '-')}`);
  const args = ['mcp', '--project', project, '--state', stateDir, '--allow-dir', dir];
  const process_ = spawn(process.execPath, [...launch, ...args, '--toolsets', 'all'], { cwd: dir });
  process_.stderr.resume();
  // It may end while something is still written to it.
  process_.stdin.on('error', () => undefined);
  const answered = new Set<unknown>();
  const waiting = new Map<unknown, (answer: JsonObject) => void>();
  createInterface({ input: process_.stdout }).on('line', (line) => {
    const answer = asJsonObject(JSON.parse(line));
    answered.add(answer.id);
    waiting.get(answer.id)?.(asJsonObject(answer.result));
  });
  let lastId = 0;
  const request = (method: string, params: JsonObject): Promise<JsonObject> => {
    const id = ++lastId;
    process_.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  const clientInfo = { name: 'test', version: '1' };
  await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  process_.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  const server: Server = {
    process: process_,
    stateDir,
    answered,
    call: async (tool, input) =>
      asJsonObject((await request('tools/call', { name: tool, arguments: input })).structuredContent),
    async end(how) {
      const exited = once(process_, 'exit');
      const fromMs = cpuTimeMs(process_.pid);
      let lastMs = fromMs;
      const timer = setInterval(() => {
        lastMs = Math.max(lastMs, cpuTimeMs(process_.pid));
      }, 20);
      how(server);
      const code = await exited;
      clearInterval(timer);
      expect(code).toEqual([0, null]);
      return lastMs - fromMs;
    },
  };
  return server;
}

/** The files that hold unsaved edits of ended sessions, read. */
function recoveries(stateDir: string): JsonObject[] {
  const folder = join(stateDir, 'recovery');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => asJsonObject(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** Whether a project holds an object of that name below its first Work Unit, by its files or by edits kept for the next start. */
async function isKept(project: string, stateDir: string, path: string): Promise<boolean> {
  // Opening it completes or undoes a save that was cut off.
  const opened = await openProject(project);
  const isSaved = opened.model.byPath(path) !== undefined;
  opened.close();
  return isSaved || recoveries(stateDir).some(({ objects }) => JSON.stringify(objects).includes('Unsaved'));
}

describe.skipIf(process.platform !== 'linux')('a server that is asked to end', () => {
  let project = '';
  beforeAll(() => {
    project = generateProject(dir, objects);
  }, 60_000);

  const howOften = Object.keys(ends).length;
  for (const [index, [name, calls]] of sample([...Object.entries(works).entries()], 2)) {
    const [end = '', askToEnd = () => undefined] = Object.entries(ends)[index % howOften] ?? [];
    it(`by ${end} in the middle of ${name} does so within two seconds, and keeps what is unsaved`, async () => {
      const server = await serve(project, name);
      const made = await server.call('create_sound', { name: 'Unsaved', parentPath: home });
      expect(made).toMatchObject({ ok: true });
      const before = server.answered.size;
      for (const [tool, input] of calls) void server.call(tool, input);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const takenMs = await server.end(askToEnd);
      expect(server.answered.size - before).toBeLessThan(calls.length);
      expect(takenMs).toBeLessThan(2_000);
      const [kept, ...others] = recoveries(server.stateDir);
      expect(others).toEqual([]);
      expect(asJsonArray(kept?.objects)).toContainEqual(
        expect.objectContaining({ path: `${home}\\Unsaved` }),
      );
    }, 300_000);
  }

  it.each(sample(Object.entries(ends), 1))(
    'by %s in the middle of a save loses nothing',
    async (name, askToEnd) => {
      const server = await serve(project, `save ${name}`);
      await server.call('create_sound', { name: 'Unsaved', parentPath: home });
      const query = `${sounds} where name : "Sound" take 2000`;
      await server.call('set_many', { query, properties: { Volume: -3 } });
      void server.call('project_save', {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await server.end(askToEnd)).toBeLessThan(2_000);
      expect(await isKept(project, server.stateDir, `${home}\\Unsaved`)).toBe(true);
    },
  );

  it.each(sample(Object.entries(ends), 1))(
    'by %s while it opens the project does so',
    async (name, askToEnd) => {
      const server = await serve(project, `open ${name}`);
      void server.call('project_info', {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await server.end(askToEnd)).toBeLessThan(2_000);
    },
  );
});
