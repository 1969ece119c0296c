import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentLog } from '../src/core/log.ts';
import { openPostgres } from '../src/stores/postgres/open-postgres.ts';
import { postgresJobs } from '../src/stores/postgres/postgres-jobs.ts';
import { appIn } from '../test/harness/app-in.ts';
import { freshProject } from '../test/harness/fresh-project.ts';
import { hasPostgres, startPostgres } from '../test/harness/servers/postgres-server.ts';
import { hasRedis, startRedis } from '../test/harness/servers/redis-server.ts';
import { newTempDir } from '../test/harness/temp-dir.ts';

const RUNS = 200;
const root = fileURLToPath(new URL('..', import.meta.url));

/** Small pure workflows through Redis and PostgreSQL, at 1, 2 and 4 workers of as many projects. */
export async function benchJobs(print: (line: string) => void): Promise<void> {
  if (!hasPostgres || !hasRedis) return print('jobs: PostgreSQL or Redis is not installed here');
  print('| workers | runs | runs/s | submit to first node, median | 95th percentile |');
  print('|---|---|---|---|---|');
  for (const workers of [1, 2, 4]) print(await measured(workers));
}

async function measured(count: number): Promise<string> {
  const dir = newTempDir('bench-jobs');
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const url = await postgres.newDatabase();
  const database = await openPostgres(url, silentLog);
  const jobs = postgresJobs(database);
  const workers: ChildProcess[] = [];
  const apps = Array.from({ length: count }, (_, nth) => {
    const projectPath = join(dir, `p${nth}`, 'Game.wproj');
    freshProject(projectPath);
    const shared = ['--project', projectPath, '--database', url, '--redis', redis.url, '--queue', `q${nth}`];
    const argv = [
      'worker',
      '--concurrency',
      '16',
      '--log-level',
      'error',
      '--state',
      join(dir, `w${nth}`),
      ...shared,
    ];
    workers.push(
      spawn(process.execPath, ['--import', 'tsx', join(root, 'src/main.ts'), ...argv], {
        cwd: root,
        stdio: 'ignore',
      }),
    );
    return appIn(dir, ['--state', join(dir, `s${nth}`), ...shared]);
  });
  const services = await Promise.all(apps.map((app) => app.openService()));
  const workflow = { workflowId: 'pure', nodes: [{ id: 'say', type: 'say', data: { text: 'Hello' } }] };
  const run = async (nth: number): Promise<string> => {
    const begun = await services[nth % count]?.run({ workflow, caller: 'bench', waitMs: 0 });
    if (begun?.ok !== true) throw new Error(begun?.error);
    const result = await begun.data.done;
    if (!result.ok) throw new Error(result.error);
    return begun.data.executionId;
  };
  // Workers are up, and have all loaded.
  await Promise.all(Array.from({ length: 4 * count }, (_, nth) => run(nth)));
  const beganAtMs = performance.now();
  const ids = await Promise.all(Array.from({ length: RUNS }, (_, nth) => run(nth)));
  const seconds = (performance.now() - beganAtMs) / 1000;
  const waits = await Promise.all(
    ids.map(async (id) => {
      const job = await jobs.get(id);
      return (job?.startedAtMs ?? 0) - (job?.submittedAtMs ?? 0);
    }),
  );
  waits.sort((a, b) => a - b);
  for (const worker of workers) worker.kill('SIGKILL');
  for (const app of apps) await app.close();
  await database.close();
  await Promise.all([postgres.stop(), redis.stop()]);
  rmSync(dir, { recursive: true, force: true });
  const at = (share: number) => `${Math.round(waits[Math.ceil(waits.length * share) - 1] ?? 0)} ms`;
  return `| ${count} | ${RUNS} | ${(RUNS / seconds).toFixed(0)} | ${at(0.5)} | ${at(0.95)} |`;
}
