import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { sample } from '../../../harness/amount.ts';
import { busOver } from '../../../harness/bus-over.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { program } from '../../../harness/program.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { edges, node } from '../../harness.ts';

const day = 86_400_000;
const parentPath = '\\Containers\\Default Work Unit';
const flow = {
  workflowId: 'spilling',
  nodes: [
    node('made', 'create_sound', { name: 'Wind', parentPath }),
    node('asked', 'query_waql', { query: '$ from type Sound' }),
    node('noted', 'set_notes', { objectId: '$from:made:$output:id', notes: 'x'.repeat(500) }),
    node('saved', 'project_save'),
  ],
  edges: edges('made asked', 'asked noted'),
};
const dir = tempDir('artifact-crash');

/** Runs the workflow in a process that kills itself there; gives the number of points it counted, or -1 when it was killed. */
function child(home: string, crash?: { readonly at: number; readonly when: string }): Promise<number> {
  const flowPath = join(home, 'flow.json');
  mkdirSync(home, { recursive: true });
  writeFileSync(flowPath, JSON.stringify(flow));
  cpSync(join(dir, 'project'), join(home, 'project'), { recursive: true });
  const env = {
    ...process.env,
    ...{ CRASH_ALONE: '1', CRASH_OUTPUT_CAP: '1' },
    ...(crash === undefined ? {} : { CRASH_AT: String(crash.at), CRASH_WHEN: crash.when }),
  };
  const argv = [program('crash-entry'), join(home, 'state'), projectIn(home), flowPath, home];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, argv, { env }, (error, stdout, stderr) => {
      if (crash !== undefined && error?.signal === 'SIGKILL') resolve(-1);
      else if (error === null) resolve(Number(asJsonObject(JSON.parse(stdout)).points));
      else reject(new Error(`${stderr}${stdout}`));
    });
  });
}

const projectIn = (home: string) => join(home, 'project', 'Test.wproj');
const contentsIn = (home: string) => {
  const folder = join(home, 'state', 'artifacts');
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile());
};

it('a process killed around a large output leaves an artifact that its run reads, or none that stays', async () => {
  freshProject(join(dir, 'project', 'Test.wproj'));
  const points = await child(homeOf('counted'));
  expect(points).toBeGreaterThanOrEqual(9);
  const crashes = Array.from({ length: points }, (_, at) => [
    { at, when: 'before' },
    { at, when: 'after' },
  ]).flat();
  for (const crash of sample(crashes, 3)) {
    const home = homeOf(`at-${crash.at}-${crash.when}`);
    if ((await child(home, crash)) !== -1) continue;
    await recovered(home, `${crash.when} point ${crash.at}`);
  }
});

function homeOf(name: string): string {
  return join(dir, name);
}

/** Collects garbage two days later, goes on with the run, and collects again once it is old. */
async function recovered(home: string, where: string): Promise<void> {
  const engine = await startEngine(projectIn(home), home);
  const waapi = createConnection({
    open: async () => inProcessBackend(engine),
    address: projectIn(home),
    log: silentLog,
  });
  const own = openSqliteStores(join(home, 'state'));
  const { memo, audit, runs: store, artifacts } = own;
  const over = busOver(waapi, home, { memo, audit });
  let nowMs = Date.now() + 2 * day;
  const runs = createRuns({
    ...{ bus: over.bus, log: silentLog, store, artifacts, stateDir: join(home, 'state'), outputCapBytes: 1 },
    clock: { now: () => nowMs, at: () => () => {} },
  });
  const [run] = (await runs.list()).runs;
  await runs.gc(1);
  if (run !== undefined && run.state !== 'done') {
    const { nodes } = await runs.status(run.executionId);
    const done = nodes.filter(({ state }) => state === 'done').map(({ node: id }) => id);
    const present = (await artifacts.list(run.executionId)).map(({ name }) => name);
    expect(present, where).toEqual(done.sort());
    expect(await (await runs.resume(run.executionId)).done, where).toMatchObject({ ok: true });
    expect(await over.done('query_waql', { query: '$ from type Sound' }), where).toMatchObject({ total: 1 });
  }
  nowMs += 2 * day;
  await runs.gc(1);
  expect(contentsIn(home), where).toEqual([]);
  await waapi.close();
  await engine.close();
  await over.close();
  await own.close();
}
