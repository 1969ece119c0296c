import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { createDispatcher } from '../../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { outsideOf } from '../../../harness/outside.ts';
import { program } from '../../../harness/program.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { edges, node } from '../../harness.ts';
import { planFor } from '../../plan-for.ts';

const dir = tempDir('loop-crash');
const names = ['Grass', 'Stone', 'Wood'];

/** A loop that makes a folder for each name and adds two rows for it, one of them in a sub-workflow; saved at the end. */
const flow: JsonObject = {
  workflowId: 'loops',
  nodes: [
    node('names', 'input', { source: 'static', value: names }),
    node('each', 'forEach', {
      items: '$from:names:$output:items',
      nodes: [
        node('folder', 'create_object', {
          ...{ type: 'Folder', name: '{{ item }}', parentPath: '\\Events\\Default Work Unit' },
        }),
        node('row', 'output', {
          ...{ destination: 'csv', path: 'rows.csv', mode: 'append' },
          mapping: { name: '$from:folder:$output:name', at: '{{ index }}' },
        }),
        node('inner', 'subworkflow', {
          inputs: { name: { type: 'string' } },
          input: { name: '{{ item }}' },
          nodes: [
            node('loud', 'transform', {
              ...{ items: ['$input:name'], operations: [{ type: 'map', transformation: 'upper(item)' }] },
            }),
            node('line', 'output', { destination: 'file', path: 'rows.jsonl', mode: 'append' }),
          ],
          edges: edges('loud line'),
        }),
      ],
    }),
    node('save', 'project_save'),
  ],
  edges: edges('names each', 'each save'),
};

/** What a run left: the rows without their keys, whether a key stands twice, and the folders. */
interface Left {
  readonly rows: readonly string[];
  readonly isOnce: boolean;
  readonly folders: readonly string[];
}

async function leftIn(room: string, goOn: boolean): Promise<Left> {
  const projectPath = join(room, 'project', 'Crash.wproj');
  const engine = await startEngine(projectPath, room);
  const open = async () => inProcessBackend(engine);
  const waapi = createConnection({ open, address: projectPath, log: silentLog });
  const stores = openSqliteStores(join(room, 'state'));
  const { memo, audit, runs: store } = stores;
  const parts = { commands, waapi, memo, audit, readOnly: false, expectProject: null, log: silentLog };
  const bus = createDispatcher({ ...parts, files: { allowedDirs: [room], startDir: room } });
  const runs = createRuns({ bus, log: silentLog, store, outside: outsideOf(room) });
  const [left] = (await runs.list()).runs;
  if (goOn && left?.state !== 'done') {
    const { done } =
      left === undefined ? runs.start(planFor(flow, bus, true)) : await runs.resume(left.executionId);
    expect(await done).toMatchObject({ ok: true });
  }
  const waql = '$ "\\Events\\Default Work Unit" select children orderby name';
  const answer = await waapi.call('ak.wwise.core.object.get', { waql }, { return: ['name'] });
  await stores.close();
  await waapi.close();
  await engine.close();
  const csv = linesOf(join(room, 'rows.csv')).slice(1);
  const jsonl = linesOf(join(room, 'rows.jsonl')).map((line) => asJsonObject(JSON.parse(line)));
  const keys = [
    ...csv.map((line) => line.split(',').at(-1) ?? ''),
    ...jsonl.map((row) => String(row.row_key)),
  ];
  return {
    rows: [
      ...csv.map((line) => line.split(',').slice(0, -1).join()),
      ...jsonl.map((row) => String(row.value)),
    ].sort(),
    isOnce: new Set(keys).size === keys.length,
    folders: asJsonArray(answer.return).map((row) => String(asJsonObject(row).name)),
  };
}

function linesOf(path: string): readonly string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}

/** Runs the workflow in a process that kills itself there; gives how many points it came by otherwise. */
function execute(room: string, crashAt?: number): Promise<number> {
  const projectPath = join(room, 'project', 'Crash.wproj');
  freshProject(projectPath);
  mkdirSync(join(room, 'state'), { recursive: true });
  const flowPath = join(room, 'flow.json');
  writeFileSync(flowPath, JSON.stringify(flow));
  const crash = crashAt === undefined ? {} : { CRASH_AT: String(crashAt), CRASH_WHEN: 'after' };
  const env = { ...process.env, CRASH_ALONE: '1', ...crash };
  const args = [program('crash-entry'), join(room, 'state'), projectPath, flowPath, room];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      if (crashAt !== undefined && error?.signal === 'SIGKILL') resolve(-1);
      else if (error === null && JSON.parse(stdout).ok === true) resolve(Number(JSON.parse(stdout).points));
      else reject(new Error(`${stderr}${stdout}`));
    });
  });
}

describe('a run with loops, sub-workflows and outputs whose process is killed', () => {
  it('at any record, is resumed to the same objects and rows, each written once', async () => {
    const whole = join(dir, 'whole');
    const points = await execute(whole);
    const expected = await leftIn(whole, false);
    expect(expected).toEqual({
      rows: ['GRASS', 'Grass,0', 'STONE', 'Stone,1', 'WOOD', 'Wood,2'],
      ...{ isOnce: true, folders: names },
    });
    expect(points).toBeGreaterThan(5);
    const all = Array.from({ length: points }, (_, at) => at);
    for (const at of sample(all, 4)) {
      const room = join(dir, `at-${at}`);
      await execute(room, at);
      expect({ at, left: await leftIn(room, true) }).toEqual({ at, left: expected });
    }
  });
});
