import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import type { Engine } from '../../../../src/embedded/engine.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { startWaapiServer } from '../../../../src/embedded/server/start-waapi-server.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { createDispatcher } from '../../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { program } from '../../../harness/program.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { toneBytes } from '../../../harness/wave.ts';
import { node } from '../../harness.ts';
import { planFor } from '../../plan-for.ts';

const soundCount = 12;
let dir: string;

beforeAll(async () => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-crash-')));
  mkdirSync(join(dir, 'wavs'));
  for (let i = 0; i < soundCount; i += 1)
    writeFileSync(join(dir, 'wavs', `step_${i}.wav`), toneBytes({ frequencyHz: 200 + 20 * i }));
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** 50 nodes: a folder, twelve sounds, each imported, routed and given a volume; saved at the end. */
function fiftyNodes(folder: string): JsonObject {
  const nodes: JsonObject[] = [
    node('folder', 'create_object', {
      type: 'Folder',
      name: folder,
      parentPath: '\\Containers\\Default Work Unit',
    }),
  ];
  for (let i = 0; i < soundCount; i += 1) {
    const objectId = `$from:sound${i}:$output:id`;
    nodes.push(
      node(`sound${i}`, 'create_sound', { name: `Step${i}`, parentPath: '$from:folder:$output:id' }),
      node(`import${i}`, 'audio_import', { filePath: join(dir, 'wavs', `step_${i}.wav`), objectId }),
      node(`bus${i}`, 'set_output_bus', { objectId, busPath: '\\Busses\\Default Work Unit\\Main Audio Bus' }),
      node(`volume${i}`, 'set_property', { objectId, property: 'Volume', value: -i - 1 }),
    );
  }
  return { workflowId: folder, name: folder, nodes: [...nodes, node('save', 'project_save')] };
}

/** Node by node, to be killed at every record; or batched, where a few records and WAAPI calls are all there is to be killed at. */
interface Way {
  readonly name: string;
  readonly isAlone: boolean;
  /** Fewer points would mean that something is not counted. */
  readonly leastPoints: number;
}

const ways: readonly Way[] = [
  { name: 'at any record of a run node by node', isAlone: true, leastPoints: 51 },
  { name: 'at any record or WAAPI call of a batched run', isAlone: false, leastPoints: 15 },
];

interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** Runs the workflow in a child that kills itself there; without a crash gives the number of points. */
function child(stateDir: string, target: string, flow: JsonObject, way: Way, crash?: Crash): Promise<number> {
  mkdirSync(stateDir, { recursive: true });
  const flowPath = join(stateDir, 'flow.json');
  writeFileSync(flowPath, JSON.stringify(flow));
  const env = {
    ...process.env,
    ...(way.isAlone ? { CRASH_ALONE: '1' } : { CRASH_CALLS: '1' }),
    ...(crash === undefined ? {} : { CRASH_AT: String(crash.at), CRASH_WHEN: crash.when }),
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program('crash-entry'), stateDir, target, flowPath, dir],
      { env },
      (error, stdout, stderr) => {
        if (crash !== undefined && error?.signal === 'SIGKILL') return resolve(-1);
        if (error !== null) return reject(new Error(`${stderr}${stdout}`));
        const answer = asJsonObject(JSON.parse(stdout));
        const points = Number(answer.points);
        // What is recorded together depends on time: a run may be over one point sooner than the one that was counted.
        const isAsAsked = crash === undefined || points === crash.at;
        if (answer.ok === true && isAsAsked) resolve(points);
        else reject(new Error(stdout));
      },
    );
  });
}

interface Room {
  readonly engine: Engine;
  /** Goes on with the run the dead process left, or begins it when not even its beginning was recorded. */
  recover(stateDir: string, flow: JsonObject, way: Way): Promise<void>;
  query(waql: string, returns: readonly string[]): Promise<readonly JsonObject[]>;
  close(): Promise<void>;
}

async function openRoom(projectPath: string): Promise<Room> {
  const engine = await startEngine(projectPath, dir);
  const waapi = createConnection({
    open: async () => inProcessBackend(engine),
    address: projectPath,
    log: silentLog,
  });
  return {
    engine,
    recover: async (stateDir, flow, { isAlone }) => {
      const stores = openSqliteStores(stateDir);
      const { memo, audit, runs: store } = stores;
      const parts = {
        commands,
        waapi,
        memo,
        audit,
        files: { allowedDirs: [dir], startDir: dir },
        readOnly: false,
      };
      const bus = createDispatcher({ ...parts, expectProject: null, log: silentLog });
      const runs = createRuns({ bus, log: silentLog, store, stateDir });
      const [left] = (await runs.list()).runs;
      try {
        if (left?.state === 'done') return;
        const plan = planFor(flow, bus, isAlone);
        if (left !== undefined) expect(left.state).toBe('interrupted');
        const { done } =
          left === undefined ? runs.start(plan) : await runs.resume(left.executionId, { plan });
        const result = await done;
        if (!result.ok) throw new Error(`${result.error} ${JSON.stringify(result.details)}`);
        if (left !== undefined) {
          expect(await runs.status(left.executionId)).toMatchObject({ state: 'done', percent: 100 });
        }
      } finally {
        await stores.close();
      }
    },
    query: async (waql, returns) => {
      const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: [...returns] });
      return asJsonArray(answer.return).map(asJsonObject);
    },
    close: async () => {
      await waapi.close();
      await engine.close();
    },
  };
}

/** The project's files with the identities that are drawn anew in every run replaced by their order of appearance. */
function normalised(projectPath: string): Record<string, string> {
  const folder = join(projectPath, '..');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.lock/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const known = new Map<string, string>();
  return Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(file, 'latin1').replaceAll(
        /\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}|(?:ShortID|MediaID\w*)(?:="| ID=")\d+/g,
        (id) => {
          const name = known.get(id) ?? `#${known.size}`;
          known.set(id, name);
          return name;
        },
      );
      return [relative(folder, file), text];
    }),
  );
}

/** Several at a time, as the machine has more than one core; the first failure ends it. */
async function forEach<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

describe.each(ways)('a run whose process is killed $name', (way) => {
  it('is resumed to the same project when the project died with it', async () => {
    const room = join(dir, `died-${way.isAlone}`);
    const fresh = (name: string) => {
      const projectPath = join(room, name, 'Crash.wproj');
      freshProject(projectPath);
      return projectPath;
    };
    const flow = fiftyNodes('Steps');
    const whole = fresh('whole');
    const points = await child(join(room, 'state-whole'), whole, flow, way);
    const expected = normalised(whole);
    expect(points).toBeGreaterThanOrEqual(way.leastPoints);

    await forEach(sample(crashes(points, ['before']), 2), 2, async (crash) => {
      const [projectPath, stateDir] = [fresh(`p${crash.at}`), join(room, `state${crash.at}`)];
      await child(stateDir, projectPath, flow, way, crash);
      const opened = await openRoom(projectPath);
      await opened.recover(stateDir, flow, way);
      await opened.close();
      expect({ crash, files: normalised(projectPath) }).toEqual({ crash, files: expected });
      rmSync(join(room, `p${crash.at}`), { recursive: true, force: true });
      rmSync(stateDir, { recursive: true, force: true });
    });
  });

  it('right before or right after it, is resumed without doing anything twice when Wwise lives on', async () => {
    const projectPath = join(dir, `living-${way.isAlone}`, 'Crash.wproj');
    freshProject(projectPath);
    const room = await openRoom(projectPath);
    const server = await startWaapiServer({
      engine: room.engine,
      wampPort: 0,
      httpPort: null,
      log: silentLog,
    });
    const url = server.wampUrl ?? '';
    const below = async (folder: string) => {
      const rows = await room.query(`$ "\\Containers\\Default Work Unit\\${folder}" select descendants`, [
        ...['name', 'type', '@Volume', '@OutputBus', '@OverrideOutput', 'originalFilePath'],
      ]);
      return rows.map((row) => JSON.stringify(row)).sort();
    };
    try {
      const points = await child(join(dir, `state-living-${way.isAlone}`), url, fiftyNodes('Whole'), way);
      const expected = await below('Whole');
      expect(expected).toHaveLength(2 * soundCount);
      // Before a record: the effect took place and nobody knows. After it: the intent is known and the effect did not.
      const both = crashes(points, ['before', 'after']);
      const some = way.isAlone ? both.filter(({ at, when }) => (at % 2 === 0) === (when === 'before')) : both;
      await forEach(sample(some, 2), 2, async (crash) => {
        const name = `Crash${crash.at}${crash.when}`;
        const stateDir = join(dir, `state-${name}-${way.isAlone}`);
        await child(stateDir, url, fiftyNodes(name), way, crash);
        await room.recover(stateDir, fiftyNodes(name), way);
        expect({ crash, below: await below(name) }).toEqual({ crash, below: expected });
        rmSync(stateDir, { recursive: true, force: true });
      });
    } finally {
      await server.close();
      await room.close();
    }
  });
});

function crashes(points: number, whens: readonly Crash['when'][]): readonly Crash[] {
  return Array.from({ length: points }, (_, at) => whens.map((when): Crash => ({ at, when }))).flat();
}
