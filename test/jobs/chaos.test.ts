import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { checkProject } from '../../src/embedded/project/compare/check.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import { amount } from '../harness/amount.ts';
import { appIn } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { hasPostgres, startPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { countOf, soundNode, spawnWorkerOf } from '../harness/worker-room.ts';

const RUNS = amount(8, 200);
const NODES = amount(5, 20);
const PROJECTS = amount(2, 4);
const TROUBLES = amount(4, 40);

describe.runIf(!hasPostgres || !hasRedis)('chaos', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('chaos', () => {
  const dir = tempDir('chaos');

  it(`ends each of ${RUNS} runs of ${NODES} nodes once, and does each node once, while workers, Redis and PostgreSQL die`, async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const databaseUrl = await postgres.newDatabase();
    const database = await openPostgres(databaseUrl, silentLog);
    const jobs = postgresJobs(database);
    const rooms = Array.from({ length: PROJECTS }, (_, index) => {
      const projectPath = join(dir, `p${index}`, 'Game.wproj');
      freshProject(projectPath);
      const shared = [
        ...['--project', projectPath, '--database', databaseUrl, '--redis', redis.url],
        ...['--queue', `q${index}`],
      ];
      const start = () =>
        spawnWorkerOf(dir, ['--take-over-after', '2', '--state', join(dir, `w${index}`), ...shared]);
      const app = appIn(dir, ['--state', join(dir, `s${index}`), ...shared]);
      return { projectPath, app, start, worker: start() };
    });
    const flow = (run: number) => ({
      workflowId: `run-${run}`,
      nodes: Array.from({ length: NODES }, (_, node) => soundNode(`n${node}`, `Run${run}_Node${node}`)),
      edges: Array.from({ length: NODES - 1 }, (_, node) => ({ source: `n${node}`, target: `n${node + 1}` })),
    });
    const runs = await Promise.all(
      Array.from({ length: RUNS }, async (_, run) => {
        const room = rooms[run % PROJECTS];
        const service = await room?.app.openService();
        const begun = await service?.run({ workflow: flow(run), caller: 'test', waitMs: 0 });
        if (begun?.ok !== true) throw new Error(begun?.error);
        return { run, room, ...begun.data };
      }),
    );
    let isOver = false;
    const all = Promise.all(runs.map(({ done }) => done)).finally(() => {
      isOver = true;
    });
    const random = seeded(7);
    for (let nth = 0; nth < TROUBLES && !isOver; nth++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + 1_500 * random()));
      const room = rooms[Math.floor(random() * rooms.length)];
      const kind = random();
      if (kind < 0.6 && room !== undefined) {
        room.worker.child.kill('SIGKILL');
        await room.worker.gone;
        room.worker = room.start();
      } else if (kind < 0.7) await redis.flush();
      else if (kind < 0.85) await redis.restart();
      else await postgres.restart();
    }
    for (const result of await all) expect(result).toMatchObject({ ok: true });
    for (const { executionId } of runs) expect(await jobs.get(executionId)).toMatchObject({ state: 'done' });
    for (const { worker } of rooms) {
      worker.child.kill('SIGTERM');
      await worker.gone;
    }
    for (const { projectPath, app } of rooms) {
      await app.close();
      expect(checkProject(projectPath)).toMatchObject({
        ...{ differences: [], brokenFiles: [], duplicates: [], unfinishedSave: [] },
      });
    }
    for (const { run, room } of runs) {
      const unit = readFileSync(
        join(room?.projectPath ?? '', '..', 'Containers', 'Default Work Unit.wwu'),
        'utf8',
      );
      const counts = Array.from({ length: NODES }, (_, node) => countOf(`Run${run}_Node${node}`, unit));
      expect(counts).toEqual(counts.map(() => 1));
    }
    await database.close();
    await Promise.all([postgres.stop(), redis.stop()]);
  });
});

/** The same numbers each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
