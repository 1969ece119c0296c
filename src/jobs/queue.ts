import type { Queue, Worker } from 'bullmq';
import type { Log } from '../core/log.ts';
import { redisConnection } from '../core/redis-address.ts';
import type { Job } from '../core/stores/job-store.ts';
import { loadQueue } from './load-queue.ts';

/**
 * What Redis is for: a worker hears at once of a job, in the order of priorities. What there is to do stands in the database, so
 * that whatever Redis loses is announced again.
 */
export interface JobQueue {
  /** Has workers hear of jobs once they are due. Never rejects: who sweeps the database announces them again. */
  announce(jobs: readonly Announced[]): Promise<void>;
  /** Hears of the jobs of this queue, so many at once. Each may come more than once. */
  consume(how: Consumption, take: (id: string) => Promise<void>): Promise<JobConsumer>;
  close(): Promise<void>;
}

export type Announced = Pick<Job, 'id' | 'priority' | 'attempts' | 'takeovers'> & {
  /** In milliseconds from now. */
  readonly afterMs?: number;
};

export interface Consumption {
  /** At once, in this process. */
  readonly concurrency: number;
  /** Of all workers of the queue together; null: as many as there are. */
  readonly mostPerMinute?: number | null | undefined;
}

export interface JobConsumer {
  /** Takes no more, and does not wait for those that were taken. */
  close(): Promise<void>;
}

/** Opens the queue of this name in the Redis of `redis://...`. */
export async function openQueue(url: string, name: string, log: Log): Promise<JobQueue> {
  const { Queue: QueueOf, Worker: WorkerOf } = await loadQueue();
  const connection = connectionTo(url);
  const producer: Queue = new QueueOf(name, {
    prefix: PREFIX,
    connection: { ...connection, maxRetriesPerRequest: 1 },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  const isOutOfReach = outOfReachLog(log);
  producer.on('error', isOutOfReach);
  const consumers: Worker[] = [];
  return {
    announce: async (jobs) => {
      const adding = producer
        .addBulk(
          jobs.map(({ id, priority, attempts, takeovers, afterMs = 0 }) => ({
            name: 'run',
            data: { id },
            // The same once more is no second one.
            opts: {
              jobId: `${id}-${attempts}-${takeovers}`,
              priority,
              delay: Math.max(0, Math.ceil(afterMs)),
            },
          })),
        )
        .then(() => undefined, isOutOfReach);
      // A link that was cut without a word is not waited for.
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LONGEST_ANNOUNCEMENT_MS);
      });
      await Promise.race([adding, late]);
      clearTimeout(timer);
    },
    consume: async ({ concurrency, mostPerMinute = null }, take) => {
      const worker: Worker<{ readonly id: string }> = new WorkerOf<{ readonly id: string }>(
        name,
        ({ data }) => take(data.id),
        {
          ...{ prefix: PREFIX, concurrency, connection: { ...connection, maxRetriesPerRequest: null } },
          ...{ lockDuration: 30_000, stalledInterval: 10_000, maxStalledCount: 1_000 },
          ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
          ...(mostPerMinute === null ? {} : { limiter: { max: mostPerMinute, duration: 60_000 } }),
        },
      );
      worker.on('error', isOutOfReach);
      consumers.push(worker);
      return { close: () => worker.close(true) };
    },
    close: async () => {
      await Promise.all(consumers.map((worker) => worker.close(true)));
      await producer.close().catch(() => undefined);
      await producer.disconnect().catch(() => undefined);
    },
  };
}

const LONGEST_ANNOUNCEMENT_MS = 2_000;

/** All keys of this program in a Redis that others may use as well. */
export const PREFIX = 'wwiseflow';

/** How the client of the queue reaches the Redis of `redis://...`, or the master that sentinels name. */
export function connectionTo(url: string) {
  return {
    ...(redisConnection(url) ?? { host: '127.0.0.1' }),
    keepAlive: 10_000,
    retryStrategy: (attempt: number) => Math.min(1_000, 50 * attempt),
  };
}

/** Says once a minute that Redis is out of reach, not with each attempt. */
export function outOfReachLog(log: Log): (failure: unknown) => void {
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return (failure) => {
    if (performance.now() - saidAtMs < 60_000) return;
    saidAtMs = performance.now();
    const reason = failure instanceof Error ? failure.message : String(failure);
    log.warn({ reason }, 'The queue in Redis is out of reach: jobs begin as soon as it answers again.');
  };
}
