import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBus } from '../../src/bus/create-bus.ts';
import { asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { inProcessBackend } from '../../src/embedded/in-process-backend.ts';
import { createProject } from '../../src/embedded/project/new-project.ts';
import { startWaapiServer } from '../../src/embedded/server/start-waapi-server.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../src/workflow/runtime/runs.ts';
import { createConnection } from '../../src/wwise/connection/connection.ts';
import { commands } from '../../tools/catalog.ts';
import { sample } from '../harness/amount.ts';
import { program } from '../harness/program.ts';
import { projectFiles } from '../harness/project-files.ts';
import { startEngine } from '../harness/start-engine.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { node } from './harness.ts';
import { planFor } from './plan-for.ts';

/** A rollback whose process is killed at any of its calls or records, and begun again by another process. */

const dir = tempDir('rollback-crash');
const work = '\\Containers\\Default Work Unit';

/** Fused nodes and single ones, of most kinds of change. */
const nodes: readonly JsonObject[] = [
  node('box', 'create_object', { type: 'ActorMixer', name: 'Box', parentPath: work }),
  node('new', 'create_sound', { name: 'New', parentPath: '$from:box:$output:id' }),
  node('loud', 'set_property', { objectId: '$from:new:$output:id', property: 'Volume', value: -3 }),
  node('old', 'set_property', { objectId: `${work}\\Old`, property: 'Pitch', value: 100 }),
  node('notes', 'set_notes', { objectId: `${work}\\Old`, notes: 'Longer.' }),
  node('many', 'set_many', { query: `$ "${work}\\Old", "${work}\\Older"`, properties: { Volume: -6 } }),
  node('name', 'rename_object', { objectId: `${work}\\Older`, name: 'Oldest' }),
  node('event', 'create_event', { name: 'Play_New', targetPath: '$from:new:$output:id' }),
];

describe('a rollback whose process is killed', () => {
  it('before any of its calls and records, is finished when it is called again', async () => {
    const projectPath = join(dir, 'Crash.wproj');
    createProject(projectPath);
    const engine = await startEngine(projectPath, dir);
    const server = await startWaapiServer({ engine, wampPort: 0, httpPort: null, log: silentLog });
    const waapi = createConnection({
      open: async () => inProcessBackend(engine),
      address: projectPath,
      log: silentLog,
    });
    const stateDir = join(dir, 'state');
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
    const bus = createBus({ ...parts, expectProject: null, log: silentLog });
    const runs = createRuns({ bus, log: silentLog, store, stateDir });
    const done = async (command: string, input: JsonObject) => {
      const result = await bus.dispatch(command, input);
      if (!result.ok) throw new Error(`${command}: ${result.error}`);
    };
    try {
      for (const name of ['Old', 'Older']) await done('create_sound', { name, parentPath: work });
      await done('project_save', {});
      const before = projectFiles(dir);
      const ran = async (): Promise<string> => {
        const { executionId, done: ended } = runs.start(planFor({ nodes }, bus, false), { forceRerun: true });
        const result = await ended;
        expect(result.ok, JSON.stringify(result)).toBe(true);
        return executionId;
      };
      const url = server.wampUrl ?? '';
      const points = await rollBackIn(stateDir, url, await ran());
      await done('project_save', {});
      expect(projectFiles(dir)).toEqual(before);
      expect(points).toBeGreaterThan(10);
      for (const at of sample([...Array(points).keys()], 3)) {
        const executionId = await ran();
        await rollBackIn(stateDir, url, executionId, at);
        const again = await runs.rollback(executionId);
        expect(again, JSON.stringify({ at, again })).toMatchObject({ ok: true, data: { verified: true } });
        await done('project_save', {});
        expect({ at, files: projectFiles(dir) }).toEqual({ at, files: before });
      }
    } finally {
      await stores.close();
      await server.close();
      await waapi.close();
      await engine.close();
    }
  });
});

/** Rolls a run back in a process of its own, which is killed at one of its calls and records; gives how many there are. */
function rollBackIn(stateDir: string, url: string, executionId: string, at?: number): Promise<number> {
  const env = {
    ...process.env,
    CRASH_CALLS: '1',
    CRASH_ROLLBACK: executionId,
    ...(at === undefined ? {} : { CRASH_AT: String(at), CRASH_WHEN: at % 2 === 0 ? 'before' : 'after' }),
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program('crash-entry'), stateDir, url, '', dir],
      { env },
      (error, stdout, stderr) => {
        if (at !== undefined && error?.signal === 'SIGKILL') return resolve(-1);
        if (error !== null) return reject(new Error(`${stderr}${stdout}`));
        const answer = asJsonObject(JSON.parse(stdout));
        if (answer.ok === true) resolve(Number(answer.points));
        else reject(new Error(stdout));
      },
    );
  });
}
