import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { openSqliteJobs } from '../../src/stores/sqlite/sqlite-jobs.ts';
import type { WorkflowService } from '../../src/workflow/service.ts';
import { appIn } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { hasRedis, type RedisServer, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { countOf, soundFlow, soundNode, spawnWorkerOf } from '../harness/worker-room.ts';

describe.runIf(!hasRedis)('workers without PostgreSQL', () => {
  it.skip(withoutRedis, () => undefined);
});

describe.runIf(hasRedis)('workers without PostgreSQL', () => {
  const dir = newTempDir('one-machine');
  const projectPath = join(dir, 'project', 'Test.wproj');
  let redis: RedisServer;
  let shared: readonly string[];
  let app: App;
  let service: WorkflowService;
  beforeAll(async () => {
    freshProject(projectPath);
    redis = await startRedis();
    shared = ['--project', projectPath, '--redis', redis.url, '--state', join(dir, 'state')];
    app = appIn(dir, shared);
    service = await app.openService();
  });
  afterAll(async () => {
    await app.close();
    await redis.stop();
  });
  const workUnit = () => readFileSync(join(dir, 'project', 'Containers', 'Default Work Unit.wwu'), 'utf8');
  const start = () => spawnWorkerOf(dir, ['--take-over-after', '2', ...shared]);
  const begin = async (workflow: object) => {
    const begun = await service.run({ workflow, caller: 'test', waitMs: 0 });
    if (!begun.ok) throw new Error(begun.error);
    return begun.data;
  };

  it('share the state directory of one machine, and one of them works', async () => {
    const workers = [start(), start()];
    const names = Array.from({ length: 6 }, (_, nth) => `Here${nth}`);
    const runs = await Promise.all(names.map((name) => begin(soundFlow(name))));
    for (const { done } of runs) expect(await done).toMatchObject({ ok: true });
    const jobs = openSqliteJobs(join(dir, 'state'));
    const owners = await Promise.all(runs.map(({ executionId }) => jobs.get(executionId)));
    expect(new Set(owners.map((job) => job?.worker)).size).toBe(1);
    await jobs.close();
    for (const { child, gone } of workers) {
      child.kill('SIGTERM');
      await gone;
    }
    for (const name of names) expect(countOf(name, workUnit())).toBe(1);
  });

  it('go on where one was killed and Redis lost the lane, and do nothing twice', async () => {
    const names = Array.from({ length: 10 }, (_, nth) => `Left${nth}`);
    const nodes = names.map((name, nth) => soundNode(`n${nth}`, name));
    const edges = names.slice(1).map((_, nth) => ({ source: `n${nth}`, target: `n${nth + 1}` }));
    const first = start();
    const { executionId, done } = await begin({ workflowId: 'left', nodes, edges });
    const percent = async () => {
      const status = await service.status(executionId);
      return status.ok ? status.data.percent : 0;
    };
    await expect.poll(percent, { interval: 5 }).toBeGreaterThan(0);
    first.child.kill('SIGKILL');
    await first.gone;
    await redis.restart();
    const second = start();
    expect(await done).toMatchObject({ ok: true });
    for (const name of names) expect(countOf(name, workUnit())).toBe(1);
    second.child.kill('SIGTERM');
    await second.gone;
  });
});
