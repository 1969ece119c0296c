import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { silentLog } from '../../src/core/log.ts';
import type { JobStore } from '../../src/core/stores/job-store.ts';
import { runJobs } from '../../src/facades/cli/jobs.ts';
import { runWorker } from '../../src/run-worker.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import type { PostgresDatabase } from '../../src/stores/postgres/postgres-database.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import type { WorkflowService } from '../../src/workflow/service.ts';
import { appIn, packageDir } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { program } from '../harness/program.ts';
import { freePort } from '../harness/servers/free-port.ts';
import {
  hasPostgres,
  type PostgresServer,
  startPostgres,
  withoutPostgres,
} from '../harness/servers/postgres-server.ts';
import { hasRedis, type RedisServer, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { tempDir } from '../harness/temp-dir.ts';

describe.runIf(!hasPostgres || !hasRedis)('workers', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('workers', () => {
  const dir = tempDir('workers');
  let postgres: PostgresServer;
  let redis: RedisServer;
  let database: PostgresDatabase;
  let databaseUrl: string;
  let jobs: JobStore;
  let app: App;
  let service: WorkflowService;
  const projectPath = join(dir, 'project', 'Test.wproj');
  const shared = () => ['--database', databaseUrl, '--redis', redis.url];

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    databaseUrl = await postgres.newDatabase();
    database = await openPostgres(databaseUrl, silentLog);
    jobs = postgresJobs(database);
    freshProject(projectPath);
    app = appIn(dir, ['--project', projectPath, '--state', join(dir, 'state'), ...shared()]);
    service = await app.openService();
  });
  afterAll(async () => {
    await app.close();
    await database.close();
    await Promise.all([postgres.stop(), redis.stop()]);
  });

  const workerArgv = (more: readonly string[] = []) => [
    ...[
      'worker',
      '--take-over-after',
      '2',
      '--project',
      projectPath,
      '--state',
      join(dir, 'worker-state'),
      ...shared(),
      ...more,
    ],
  ];
  /** A worker in this process while `work` lasts. */
  const withWorker = async (work: () => Promise<void>, more: readonly string[] = []): Promise<void> => {
    const surroundings = { env: {}, cwd: dir, homeDir: dir, platform: 'linux', version: '0.0.0' };
    const config = readConfig({ ...surroundings, argv: workerArgv(more) });
    if (config.subcommand.kind !== 'worker') throw new Error('These are not the arguments of a worker.');
    let end = (): void => undefined;
    const interrupted = new Promise<void>((resolve) => {
      end = resolve;
    });
    const over = runWorker(
      config.subcommand,
      config,
      { version: '0.0.0', packageDir },
      interrupted,
      silentLog,
    );
    try {
      await work();
    } finally {
      end();
      await over;
    }
  };
  const spawned: ChildProcess[] = [];
  afterAll(() => {
    for (const child of spawned) child.kill('SIGKILL');
  });
  const spawnWorker = (): { readonly child: ChildProcess; readonly gone: Promise<void> } => {
    const child = spawn(process.execPath, [program('main'), ...workerArgv(['--log-level', 'error'])], {
      cwd: dir,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    spawned.push(child);
    return { child, gone: new Promise((resolve) => child.once('exit', () => resolve())) };
  };

  const sound = (name: string) => ({
    workflowId: `make-${name}`,
    nodes: [
      {
        id: 'make',
        type: 'create_object',
        data: { parentPath: '\\Containers\\Default Work Unit', type: 'Sound', name },
      },
    ],
  });
  const begin = async (workflow: object) => {
    const begun = await service.run({ workflow, caller: 'test', waitMs: 0 });
    if (!begun.ok) throw new Error(`${begun.code}: ${begun.error}`);
    return begun.data;
  };
  const workUnit = () => readFileSync(join(dir, 'project', 'Containers', 'Default Work Unit.wwu'), 'utf8');

  it('execute what was begun elsewhere, and have it in the files before they say so', async () => {
    const { executionId, done, answer } = await begin(sound('Door'));
    expect(await answer).toMatchObject({ ok: true, data: { executionId, state: 'running', percent: 0 } });
    expect(await jobs.get(executionId)).toMatchObject({ state: 'waiting', attempts: 0 });
    await withWorker(async () => {
      expect(await done).toMatchObject({ ok: true });
      expect(workUnit()).toContain('<Sound Name="Door"');
    });
    expect(await service.status(executionId)).toMatchObject({ data: { state: 'done', percent: 100 } });
    expect(await jobs.get(executionId)).toMatchObject({ state: 'done', attempts: 1, takeovers: 0 });
  });

  it('begin nothing that was cancelled before, and do it when it is resumed', async () => {
    const { executionId } = await begin(sound('Gate'));
    expect(await service.cancel(executionId)).toMatchObject({ ok: true, data: { state: 'cancelled' } });
    await withWorker(async () => {
      const { done } = await begin(sound('Hatch'));
      expect(await done).toMatchObject({ ok: true });
      expect(await service.status(executionId)).toMatchObject({ data: { state: 'cancelled' } });
      const resumed = await service.resume(executionId, { caller: 'test' });
      if (!resumed.ok) throw new Error(resumed.error);
      expect(await resumed.data.done).toMatchObject({ ok: true });
    });
    expect(workUnit()).toContain('<Sound Name="Gate"');
  });

  it('do what Redis has forgotten, and what was begun while it was gone', async () => {
    const before = await Promise.all(['A', 'B', 'C'].map((name) => begin(sound(`Lost${name}`))));
    await redis.flush();
    await redis.kill();
    const meanwhile = await begin(sound('Meanwhile'));
    await redis.start();
    await withWorker(async () => {
      for (const { done } of [...before, meanwhile]) expect(await done).toMatchObject({ ok: true });
    });
    for (const name of ['LostA', 'LostB', 'LostC', 'Meanwhile'])
      expect(workUnit().split(`"${name}"`)).toHaveLength(2);
  });

  it('keep what failed for good with its reason, until somebody has it done again or discards it', async () => {
    const broken = { ...sound('Door'), workflowId: 'twice' };
    await withWorker(async () => {
      const { executionId, done } = await begin({
        ...broken,
        nodes: [{ id: 'q', type: 'query_waql', data: { query: '$ "\\Nowhere" select' } }],
      });
      expect(await done).toMatchObject({ ok: false });
      const dead = await jobs.get(executionId);
      expect(dead).toMatchObject({ state: 'dead', code: expect.stringMatching(/^[A-Z_]+$/) });
      expect(await jobs.list({ workspace: 'default', state: 'dead', limit: 10 })).toMatchObject([
        { id: executionId },
      ]);
      const said: string[] = [];
      const order = { id: executionId, isDead: true, limit: 10, json: false };
      const asked = (action: 'list' | 'retry' | 'discard') =>
        runJobs({ ...order, action }, jobs, service, (line) => said.push(String(line)));
      await asked('list');
      expect(said.join('\n')).toContain(`${executionId}  dead  queue default  1 attempt`);
      await asked('retry');
      await expect.poll(async () => (await jobs.get(executionId))?.state).toBe('dead');
      await asked('discard');
      await expect(asked('discard')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(await jobs.list({ workspace: 'default', state: 'dead', limit: 10 })).toEqual([]);
    });
  });

  it('go on with the run of one that was killed, and do nothing twice', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Step${index}`);
    const nodes = names.map((name, index) => ({
      ...{ id: `n${index}`, type: 'create_object' },
      data: { parentPath: '\\Containers\\Default Work Unit', type: 'Sound', name },
    }));
    const edges = names.slice(1).map((_, index) => ({ source: `n${index}`, target: `n${index + 1}` }));
    const first = spawnWorker();
    const { executionId, done } = await begin({ workflowId: 'steps', nodes, edges });
    await expect
      .poll(
        async () => {
          const status = await service.status(executionId);
          return status.ok && status.data.percent > 0;
        },
        { interval: 5 },
      )
      .toBe(true);
    first.child.kill('SIGKILL');
    await first.gone;
    const second = spawnWorker();
    expect(await done).toMatchObject({ ok: true });
    for (const name of names) expect(workUnit().split(`"${name}"`)).toHaveLength(2);
    second.child.kill('SIGTERM');
    await second.gone;
  });

  it('say how they are', async () => {
    const port = await freePort();
    await withWorker(async () => {
      const health = async () => (await fetch(`http://127.0.0.1:${port}/health`)).text();
      await expect.poll(health).toContain('"lane":{"lane":');
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).toContain('wwiseflow_jobs_waiting{queue="default"} 0');
      expect(metrics).toContain('wwiseflow_worker_lane_held{queue="default"} 1');
    }, ['--health-port', String(port)]);
  });
});
