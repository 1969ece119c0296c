import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { type Log, silentLog } from '../../src/core/log.ts';
import type { JobStore } from '../../src/core/stores/job-store.ts';
import { runWorker } from '../../src/run-worker.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import type { PostgresDatabase } from '../../src/stores/postgres/postgres-database.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import type { FollowedRun, WorkflowService } from '../../src/workflow/service.ts';
import { appIn, packageDir } from './app-in.ts';
import { freshProject } from './fresh-project.ts';
import { program } from './program.ts';
import { type PostgresServer, startPostgres } from './servers/postgres-server.ts';
import { type RedisServer, startRedis } from './servers/redis-server.ts';
import { newTempDir } from './temp-dir.ts';

/** A project, the PostgreSQL and the Redis that machines share, and one who has runs executed by workers. */
export interface WorkerRoom {
  readonly dir: string;
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  readonly database: PostgresDatabase;
  readonly jobs: JobStore;
  readonly service: WorkflowService;
  /** What every process of this room is started with. */
  readonly shared: readonly string[];
  /** A worker in this process while `work` lasts. */
  withWorker(work: () => Promise<void>, more?: readonly string[], log?: Log): Promise<void>;
  /** A worker in a process of its own; killed when the room is closed. */
  spawnWorker(more?: readonly string[]): SpawnedWorker;
  /** Begins a run and does not wait for it. */
  begin(workflow: object): Promise<FollowedRun>;
  /** The text of the Work Unit that the workflows of this room write to. */
  workUnit(): string;
  /** A program for `exec` nodes that lasts until it is let go: see `holdingNode`. */
  readonly hold: Hold;
  close(): Promise<void>;
}

export interface SpawnedWorker {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
}

/** A program that lasts until `letGo`. */
export interface Hold {
  /** The data of an `exec` node that runs it. */
  readonly node: { readonly program: string; readonly args: readonly object[]; readonly dir: string };
  /** The id of its process once it has begun; undefined: it has not. */
  pid(): number | undefined;
  letGo(): void;
  /** For the next use. */
  reset(): void;
}

/** Starts both servers, and opens a new project in them. */
export async function openWorkerRoom(name: string): Promise<WorkerRoom> {
  const dir = newTempDir(name);
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const databaseUrl = await postgres.newDatabase();
  const database = await openPostgres(databaseUrl, silentLog);
  const shared = [
    ...['--project', projectPath, '--database', databaseUrl, '--redis', redis.url],
    ...['--allow-program', 'sh', '--allow-dir', dir],
  ];
  const app: App = appIn(dir, ['--state', join(dir, 'state'), ...shared]);
  const service = await app.openService();
  const workerArgv = (more: readonly string[]) => [
    ...['worker', '--take-over-after', '2', '--state', join(dir, 'worker-state'), ...shared, ...more],
  ];
  const spawned: SpawnedWorker[] = [];
  return {
    ...{ dir, redis, postgres, database, jobs: postgresJobs(database), service, shared },
    hold: holdIn(dir),
    withWorker: async (work, more = [], log = silentLog) => {
      const surroundings = { env: {}, cwd: dir, homeDir: dir, platform: 'linux', version: '0.0.0' };
      const config = readConfig({ ...surroundings, argv: workerArgv(more) });
      if (config.subcommand.kind !== 'worker') throw new Error('These are not the arguments of a worker.');
      let end = (): void => undefined;
      const interrupted = new Promise<void>((resolve) => {
        end = resolve;
      });
      const info = { version: '0.0.0', packageDir };
      const over = runWorker(config.subcommand, config, info, interrupted, log);
      try {
        await work();
      } finally {
        end();
        await over;
      }
    },
    spawnWorker: (more = []) => {
      const worker = spawnWorkerOf(dir, workerArgv(more).slice(1));
      spawned.push(worker);
      return worker;
    },
    begin: async (workflow) => {
      const begun = await service.run({ workflow, caller: 'test', waitMs: 0 });
      if (!begun.ok) throw new Error(`${begun.code}: ${begun.error}`);
      return begun.data;
    },
    workUnit: () => readFileSync(join(dir, 'project', 'Containers', 'Default Work Unit.wwu'), 'utf8'),
    close: async () => {
      for (const { child } of spawned) child.kill('SIGKILL');
      await Promise.all(spawned.map(({ gone }) => gone));
      await app.close();
      await database.close();
      await Promise.all([postgres.stop(), redis.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A worker with these options in a process of its own; whoever spawns it ends it. */
export function spawnWorkerOf(cwd: string, options: readonly string[]): SpawnedWorker {
  const argv = [program('main'), 'worker', '--log-level', 'error', ...options];
  const child = spawn(process.execPath, argv, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return { child, gone: new Promise<void>((resolve) => child.once('exit', () => resolve())) };
}

/** The node that makes a Sound of this name. */
export function soundNode(id: string, name: string) {
  const data = { parentPath: '\\Containers\\Default Work Unit', type: 'Sound', name };
  return { id, type: 'create_object', data };
}

/** A workflow that makes one Sound. */
export function soundFlow(name: string) {
  return { workflowId: `make-${name}`, nodes: [soundNode('make', name)] };
}

/** How often a Sound of this name stands in a Work Unit. */
export function countOf(name: string, workUnit: string): number {
  return workUnit.split(`<Sound Name="${name}"`).length - 1;
}

function holdIn(dir: string): Hold {
  const [script, pidFile, goFile] = ['hold.sh', 'hold.pid', 'hold.go'].map((file) => join(dir, file));
  if (script === undefined || pidFile === undefined || goFile === undefined) throw new Error('no names');
  writeFileSync(
    script,
    `echo $$ > '${pidFile}.new'; mv '${pidFile}.new' '${pidFile}'\nwhile [ ! -e '${goFile}' ]; do sleep 0.05; done\n`,
  );
  return {
    node: { program: 'sh', args: [{ read: script }], dir },
    pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined),
    letGo: () => writeFileSync(goFile, ''),
    reset: () => {
      for (const file of [pidFile, goFile]) rmSync(file, { force: true });
    },
  };
}

/** Whether a process of this id is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
