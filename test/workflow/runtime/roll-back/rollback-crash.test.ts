import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { inProcessBackend } from '../../../../src/embedded/in-process-backend.ts';
import { startWaapiServer } from '../../../../src/embedded/server/start-waapi-server.ts';
import { openSqliteStores } from '../../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../../src/workflow/runtime/runs.ts';
import { connectWaapi } from '../../../../src/wwise/connection/connect.ts';
import { createConnection } from '../../../../src/wwise/connection/connection.ts';
import { createDispatcher } from '../../../../src/wwise/create-dispatcher.ts';
import { commands } from '../../../../tools/catalog.ts';
import { sample } from '../../../harness/amount.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { program } from '../../../harness/program.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { node } from '../../harness.ts';
import { planFor } from '../../plan-for.ts';

/** A rollback whose process is killed at any of its calls or records, and begun again by another process. */

const dir = tempDir('rollback-crash');
const work = '\\Containers\\Default Work Unit';

/** Batched nodes and single ones, of most kinds of change. */
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
    freshProject(projectPath);
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
    const bus = createDispatcher({ ...parts, expectProject: null, log: silentLog });
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

describe('a run whose process is killed in the middle of a node', () => {
  it('at any call has those that were answered rolled back, and names the one that was under way', async () => {
    const projectPath = join(dir, 'Middle', 'Middle.wproj');
    freshProject(projectPath);
    const engine = await startEngine(projectPath, dir);
    const server = await startWaapiServer({ engine, wampPort: 0, httpPort: null, log: silentLog });
    const waapi = createConnection({
      open: () => connectWaapi(server.wampUrl ?? ''),
      address: projectPath,
      log: silentLog,
    });
    const stateDir = join(dir, 'state-middle');
    const stores = openSqliteStores(stateDir);
    const { memo, audit, runs: store } = stores;
    const files = { allowedDirs: [dir], startDir: dir };
    const parts = { commands, waapi, memo, audit, files, readOnly: false };
    const bus = createDispatcher({ ...parts, expectProject: null, log: silentLog });
    const runs = createRuns({ bus, log: silentLog, store, stateDir });
    const names = async (): Promise<readonly string[]> => {
      const { data } = await bus.dispatch('query_waql', { query: '$ from type Sound orderby name' });
      return asJsonArray(data?.objects).map((object) => String(asJsonObject(object).name));
    };
    const flowPath = join(dir, 'middle.json');
    const rename = { query: '$ from type Sound', find: 'Old', replace: 'New' };
    writeFileSync(flowPath, JSON.stringify({ nodes: [node('a', 'rename_by_pattern', rename)] }));
    const before = ['Old1', 'Old2', 'Old3', 'Old4'];
    try {
      for (const name of before) await bus.dispatch('create_sound', { name, parentPath: work });
      let reached = 0;
      const env = { CRASH_CALLS: '1' };
      const points = await inProcess([stateDir, server.wampUrl ?? '', flowPath, dir], env);
      const [whole] = (await runs.list({ limit: 1 })).runs;
      await runs.rollback(whole?.executionId ?? '');
      expect(await names()).toEqual(before);
      for (const at of sample([...Array(points).keys()], 12)) {
        const when = { CRASH_AT: String(at), CRASH_WHEN: at % 2 === 0 ? 'before' : 'after' };
        await inProcess([stateDir, server.wampUrl ?? '', flowPath, dir], { ...env, ...when });
        const renamed = (await names()).filter((name) => name.startsWith('New')).length;
        const [run] = (await runs.list({ limit: 1 })).runs;
        const report = asJsonObject((await runs.rollback(run?.executionId ?? '')).data);
        const left = (await names()).filter((name) => name.startsWith('New'));
        // Every call but the one under way.
        expect(
          { at, left: left.length },
          JSON.stringify({ report, renamed, journal: await store.transitions(run?.executionId ?? '') }),
        ).toEqual({ at, left: Math.min(left.length, 1) });
        if (left.length > 0)
          expect(report).toMatchObject({ verified: false, notRolledBack: [{ node: 'a' }] });
        if (renamed > 1) reached++;
        for (const name of left)
          await bus.dispatch('rename_object', {
            objectId: `${work}\\${name}`,
            name: name.replace('New', 'Old'),
          });
      }
      expect(reached).toBeGreaterThan(0);
    } finally {
      await stores.close();
      await waapi.close();
      await server.close();
      await engine.close();
    }
  });
});

/** Rolls a run back in a process of its own, which is killed at one of its calls and records; gives how many there are. */
function rollBackIn(stateDir: string, url: string, executionId: string, at?: number): Promise<number> {
  return inProcess([stateDir, url, '', dir], {
    CRASH_CALLS: '1',
    CRASH_ROLLBACK: executionId,
    ...(at === undefined ? {} : { CRASH_AT: String(at), CRASH_WHEN: at % 2 === 0 ? 'before' : 'after' }),
  });
}

/** Runs it until it ends, or is killed where it is to be; gives how many calls and records there are, or -1. */
function inProcess(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<number> {
  const env = { ...process.env, ...variables };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program('crash-entry'), ...args], { env }, (error, stdout, stderr) => {
      if (variables.CRASH_AT !== undefined && error?.signal === 'SIGKILL') return resolve(-1);
      if (error !== null) return reject(new Error(`${stderr}${stdout}`));
      const answer = asJsonObject(JSON.parse(stdout));
      if (answer.ok === true) resolve(Number(answer.points));
      else reject(new Error(stdout));
    });
  });
}
