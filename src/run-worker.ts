import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { createApp } from './app.ts';
import type { WorkerSubcommand } from './config/argv/subcommand.ts';
import type { Config } from './config/config.ts';
import { toWwiseFlowError, WwiseFlowError } from './core/errors.ts';
import { readThresholds } from './core/health/thresholds.ts';
import type { Log } from './core/log.ts';
import { openQueue } from './jobs/queue.ts';
import { type JobWorker, startWorker } from './jobs/worker.ts';
import type { ProgramInfo } from './program-info.ts';
import { isOutOfReach } from './stores/postgres/link-failures.ts';
import { createStorage } from './workspace/storage.ts';
import { serveWorkerHealth } from './workspace/worker-health.ts';

/**
 * Works until `interrupted`. Whoever lost the lane lets go of all it held of the project and begins anew: what it had not saved
 * is done again by the next one.
 * @throws WwiseFlowError INVALID_INPUT without --redis, STATE_UNAVAILABLE where the database does not answer
 */
export async function runWorker(
  { concurrency, mostPerMinute, takeOverAfterMs, attemptMs, healthPort, healthHost }: WorkerSubcommand,
  config: Config,
  info: ProgramInfo,
  interrupted: Promise<void>,
  log: Log,
): Promise<void> {
  if (config.redis === null) throw needsRedis();
  const storage = createStorage(config, log);
  let isOver = false;
  const over = interrupted.then(() => {
    isOver = true;
  });
  const open = () => Promise.all([storage.openJobs(), storage.openLanes()]);
  const [jobs, lanes] = (await onceThere(open, () => isOver, log)) ?? [];
  if (isOver) return storage.close();
  if (jobs === undefined || lanes === undefined) throw needsRedis();
  const queue = await openQueue(config.redis.url, config.queueName, log);
  let worker: JobWorker | undefined;
  const health =
    healthPort === null
      ? undefined
      : await serveWorkerHealth(
          { port: healthPort, host: healthHost },
          {
            ...{ jobs, queueName: config.queueName, stateDir: config.stateDir, worker: () => worker },
            thresholds: readThresholds(config.thresholdsPath),
          },
        );
  try {
    while (!isOver) {
      let lose = (): void => undefined;
      const lost = new Promise<void>((resolve) => {
        lose = resolve;
      });
      const current = startWorker({
        ...{ jobs, lanes, queue, queueName: config.queueName, concurrency, mostPerMinute, attemptMs, log },
        ...laneOf(config),
        laneMs: takeOverAfterMs,
        serviceOf: (workspace) => app.openWorkspace(workspace).openService(),
        onLost: () => lose(),
      });
      const app = createApp(config, info, log, current.lane);
      worker = current;
      await Promise.race([over, lost]);
      await current.stop();
      await app.close();
    }
  } finally {
    await health?.close();
    await queue.close();
    await storage.close();
  }
}

/** A worker that is started while the database is not there yet waits for it; undefined once it is to end. */
async function onceThere<T>(open: () => Promise<T>, isOver: () => boolean, log: Log): Promise<T | undefined> {
  while (!isOver()) {
    try {
      return await open();
    } catch (thrown) {
      const error = toWwiseFlowError(thrown);
      if (error.code !== 'STATE_UNAVAILABLE' || !isOutOfReach(error.cause)) throw thrown;
      log.warn({ reason: error.message }, 'The database is waited for.');
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
  return undefined;
}

const LOOK_AGAIN_MS = 500;

/** A working copy belongs to this machine alone; a running Wwise to whoever reaches it. */
function laneOf({ target }: Config) {
  const owner = `${hostname()}:${process.pid}:${randomBytes(6).toString('hex')}`;
  if (target.kind === 'wwise') return { lane: target.address, by: { owner, host: null } };
  const path = realpathSync(target.filePath);
  return { lane: `${hostname()}:${path}`, by: { owner, host: hostname() } };
}

function needsRedis(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'A worker takes its jobs from a queue in Redis.', {
    hint: 'Add --redis redis://HOST:6379, and --database postgres://USER:PASSWORD@HOST/NAME where several machines share the work.',
  });
}
