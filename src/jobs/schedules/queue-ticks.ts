import type { Queue, Worker } from 'bullmq';
import type { Log } from '../../core/log.ts';
import { loadQueue } from '../load-queue.ts';
import { connectionTo, outOfReachLog, PREFIX } from '../queue.ts';
import type { OpenTicks } from './ticks.ts';

/** The schedulers of a queue in Redis: of all processes that follow it one is called. What Redis loses is put there again. */
export function queueTicks(url: string, queueName: string, log: Log): OpenTicks {
  return async (onDue) => {
    const { Queue: QueueOf, Worker: WorkerOf } = await loadQueue();
    const name = `${queueName}-schedules`;
    const connection = connectionTo(url);
    const isOutOfReach = outOfReachLog(log);
    const queue: Queue = new QueueOf(name, {
      ...{ prefix: PREFIX, connection: { ...connection, maxRetriesPerRequest: 1 } },
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    const worker: Worker<unknown> = new WorkerOf<unknown>(name, async ({ name: id }) => onDue(id), {
      prefix: PREFIX,
      connection: { ...connection, maxRetriesPerRequest: null },
      concurrency: 4,
    });
    queue.on('error', isOutOfReach);
    worker.on('error', isOutOfReach);
    return {
      follow: async (schedules) => {
        const known = new Map((await queue.getJobSchedulers()).map((one) => [one.key, one]));
        const wanted = new Set(schedules.map(({ id }) => id));
        for (const id of known.keys()) if (!wanted.has(id)) await queue.removeJobScheduler(id);
        for (const { id, cron, timeZone } of schedules) {
          const present = known.get(id);
          if (present?.pattern === cron && present.tz === timeZone && isToCome(present.next)) continue;
          await queue.upsertJobScheduler(id, { pattern: cron, tz: timeZone }, { name: id, data: {} });
        }
      },
      close: async () => {
        await worker.close(true);
        await queue.close().catch(() => undefined);
      },
    };
  };
}

/** One whose moment has long passed has lost the job that would have called. */
function isToCome(next: number | undefined): boolean {
  return next !== undefined && next > Date.now() - 60_000;
}
