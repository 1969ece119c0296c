import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { WwiseFlowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { CallbackStore } from '../core/stores/callback-store.ts';
import type { HookStore } from '../core/stores/hook-store.ts';
import type { JobStore } from '../core/stores/job-store.ts';
import type { LaneStore } from '../core/stores/lane-store.ts';
import type { ScheduleStore } from '../core/stores/schedule-store.ts';
import type { Stores } from '../core/stores/stores.ts';
import type { TokenStore } from '../core/stores/token-store.ts';
import type { ContentStore } from '../stores/artifacts/content-store.ts';
import { fencedRuns } from '../stores/fenced-runs.ts';
import type { PostgresDatabase } from '../stores/postgres/postgres-database.ts';
import type { openRedis as OpenRedis } from '../stores/redis/open-redis.ts';
import type { openSqliteJobs as OpenSqliteJobs } from '../stores/sqlite/sqlite-jobs.ts';
import { checkHeld, type LaneGuard } from './guard-lane.ts';

/** Where this start keeps what it knows: in its state directory, or in the PostgreSQL that machines share. */
export interface Storage {
  /** The stores of a workspace. `lane`: must be held for anything to be written. */
  openStores(workspace: string, lane?: LaneGuard): Promise<Stores>;
  openTokens(): Promise<TokenStore>;
  openHooks(): Promise<HookStore>;
  openSchedules(): Promise<ScheduleStore>;
  openCallbacks(): Promise<CallbackStore>;
  /**
   * The jobs of workers: in the database that machines share; with a Redis alone in the state directory, for the processes of this
   * machine. Undefined without either.
   */
  openJobs(): Promise<JobStore | undefined>;
  /** The lanes of workers, beside the jobs. */
  openLanes(): Promise<LaneStore | undefined>;
  /** The shared database; undefined where there is none. */
  database(): Promise<PostgresDatabase | undefined>;
  close(): Promise<void>;
}

/** Nothing is opened before it is asked for; what could not be opened is tried again. */
export function createStorage(
  {
    stateDir,
    database: shared,
    redis,
    artifacts,
  }: Pick<Config, 'stateDir' | 'database' | 'redis' | 'artifacts'>,
  log: Log,
): Storage {
  let opening: Promise<PostgresDatabase> | undefined;
  const database = async (): Promise<PostgresDatabase | undefined> => {
    if (shared === null) return undefined;
    const { openPostgres } = await import('../stores/postgres/open-postgres.ts');
    const current = opening ?? openPostgres(shared.url, log);
    opening = current;
    current.catch(() => {
      if (opening === current) opening = undefined;
    });
    return current;
  };
  let openingRedis: ReturnType<typeof OpenRedis> | undefined;
  const redisClient = async (url: string) => {
    const { openRedis } = await import('../stores/redis/open-redis.ts');
    openingRedis ??= openRedis(url);
    return openingRedis;
  };
  let fileJobs: ReturnType<typeof OpenSqliteJobs> | undefined;
  /** Where what is read often is found quickly: in the Redis that machines share. */
  const hotParts = async (workspace: string) => {
    if (redis === null) return {};
    const { redisTexts } = await import('../stores/redis/redis-texts.ts');
    const { redisHotSessions } = await import('../stores/redis/redis-hot-sessions.ts');
    const client = await redisClient(redis.url);
    return { hot: redisTexts(client), hotSessions: redisHotSessions(client, workspace) };
  };
  const contentsOf = async (workspace: string): Promise<ContentStore> => {
    if (artifacts !== null)
      return (await import('../stores/artifacts/s3/s3-contents.ts')).s3Contents(artifacts.url, workspace);
    const { diskContents } = await import('../stores/artifacts/disk-contents.ts');
    return diskContents(join(stateDir, 'artifacts'), workspace);
  };
  return {
    database,
    openStores: async (workspace, lane) => {
      const postgres = await database();
      const contents = await contentsOf(workspace);
      if (postgres === undefined) {
        const stores = await openFileStores(stateDir, workspace, contents);
        return lane === undefined
          ? stores
          : { ...stores, runs: fencedRuns(stores.runs, () => checkHeld(lane)) };
      }
      const holds = lane?.fence;
      const { postgresStores } = await import('../stores/postgres/postgres-stores.ts');
      return postgresStores(postgres, { workspace, contents, holds, ...(await hotParts(workspace)) });
    },
    openTokens: async () => {
      const postgres = await database();
      if (postgres !== undefined)
        return (await import('../stores/postgres/postgres-tokens.ts')).postgresTokens(postgres);
      return (await import('../stores/sqlite/sqlite-tokens.ts')).openSqliteTokens(stateDir);
    },
    openHooks: async () => {
      const postgres = await database();
      if (postgres !== undefined)
        return (await import('../stores/postgres/postgres-hooks.ts')).postgresHooks(postgres);
      return (await import('../stores/sqlite/sqlite-hooks.ts')).openSqliteHooks(stateDir);
    },
    openSchedules: async () => {
      const postgres = await database();
      if (postgres !== undefined)
        return (await import('../stores/postgres/serving/postgres-schedules.ts')).postgresSchedules(postgres);
      return (await import('../stores/sqlite/sqlite-schedules.ts')).openSqliteSchedules(stateDir);
    },
    openCallbacks: async () => {
      const postgres = await database();
      if (postgres !== undefined)
        return (await import('../stores/postgres/serving/postgres-callbacks.ts')).postgresCallbacks(postgres);
      return (await import('../stores/sqlite/sqlite-callbacks.ts')).openSqliteCallbacks(stateDir);
    },
    openJobs: async () => {
      const postgres = await database();
      if (postgres !== undefined)
        return (await import('../stores/postgres/postgres-jobs.ts')).postgresJobs(postgres);
      if (redis === null) return undefined;
      const { openSqliteJobs } = await import('../stores/sqlite/sqlite-jobs.ts');
      fileJobs ??= openSqliteJobs(stateDir);
      return fileJobs;
    },
    openLanes: async () => {
      const postgres = await database();
      if (postgres !== undefined)
        return (await import('../stores/postgres/postgres-lanes.ts')).postgresLanes(postgres);
      if (redis === null) return undefined;
      const { redisLanes } = await import('../stores/redis/redis-lanes.ts');
      return redisLanes(await redisClient(redis.url));
    },
    close: async () => {
      await (await opening?.catch(() => undefined))?.close();
      (await openingRedis?.catch(() => undefined))?.disconnect();
      await fileJobs?.close();
      [opening, openingRedis, fileJobs] = [undefined, undefined, undefined];
    },
  };
}

async function openFileStores(stateDir: string, workspace: string, contents: ContentStore): Promise<Stores> {
  const { openSqliteStores } = await import('../stores/sqlite/sqlite-stores.ts');
  try {
    return openSqliteStores(stateDir, { workspace, contents });
  } catch (cause) {
    if (cause instanceof WwiseFlowError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WwiseFlowError(
      'FILE_UNREADABLE',
      `The state directory "${stateDir}" cannot be used: ${reason}.`,
      {
        hint: 'Start with --state and a directory that this user may write.',
        details: { stateDir },
        cause,
      },
    );
  }
}
