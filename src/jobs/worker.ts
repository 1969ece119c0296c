import type { Log } from '../core/log.ts';
import type { Job, JobStore, JobTaker } from '../core/stores/job-store.ts';
import type { LaneHold, LaneOwner, LaneStore } from '../core/stores/lane-store.ts';
import type { WorkflowService } from '../workflow/service.ts';
import { attemptJob, type StopReason } from './attempt-job.ts';
import { keepLane, type LaneKeeper } from './lane-keeper.ts';
import type { JobConsumer, JobQueue } from './queue.ts';

/** What a worker is made of. */
export interface WorkerParts {
  readonly jobs: JobStore;
  readonly lanes: LaneStore;
  readonly queue: JobQueue;
  /** The name of the queue it serves. */
  readonly queueName: string;
  /** The one working copy, or the one back-end, that it works on. */
  readonly lane: string;
  readonly by: LaneOwner;
  /** The service of a workspace. Its stores write only while the lane is held. */
  serviceOf(workspace: string): Promise<WorkflowService>;
  /** The lane was lost: what is held of the project must be let go of. */
  onLost(): void;
  /** How long an attempt may take, where its job does not say less, in milliseconds. */
  readonly attemptMs: number;
  /** Jobs at once; what they change takes turns anyway. */
  readonly concurrency: number;
  /** How many jobs all workers of the queue begin in a minute; null: as many as there are. */
  readonly mostPerMinute?: number | null | undefined;
  readonly log: Log;
  /** How long a worker that is gone is waited for, in milliseconds. */
  readonly laneMs?: number | undefined;
}

export interface JobWorker {
  readonly lane: LaneKeeper;
  /** How many jobs it has under way. */
  active(): number;
  /** Stops what is under way, so that others go on with it, and lets go of the lane. */
  stop(): Promise<void>;
}

/** Takes the jobs of a queue while it holds its lane. */
export function startWorker(parts: WorkerParts): JobWorker {
  const { jobs, queue, queueName, lane, by, concurrency, log } = parts;
  const live = new Map<string, { readonly ending: AbortController; readonly over: Promise<void> }>();
  let consumer: Promise<JobConsumer> | undefined;
  let forgetAtMs = 0;

  const stopAll = (reason: StopReason): void => {
    for (const { ending } of live.values()) ending.abort(reason);
  };
  const onTaken = (hold: LaneHold): void => {
    consumer ??= queue.consume({ concurrency, mostPerMinute: parts.mostPerMinute }, take);
    consumer.catch((reason: unknown) => log.error({ reason: String(reason) }, 'The queue cannot be used.'));
    void sweep(hold);
  };
  const onLost = (): void => {
    stopAll('stopping');
    const former = consumer;
    consumer = undefined;
    void former?.then(({ close }) => close()).catch(() => undefined);
    parts.onLost();
  };
  const keeper = keepLane({ lanes: parts.lanes, lane, by, onTaken, onLost, log, forMs: parts.laneMs });

  /** Announces what Redis may have lost, and what former holders left. */
  const sweep = async (hold: LaneHold | undefined): Promise<void> => {
    if (hold === undefined) return;
    if (performance.now() >= forgetAtMs) {
      forgetAtMs = performance.now() + HOUR_MS;
      await jobs.forgetEndedBefore(Date.now() - KEPT_MS);
    }
    const due = (await jobs.due(queueName, hold, MOST_SWEPT)).filter(({ id }) => !live.has(id));
    await queue.announce(due);
    takeUnheard(due);
    if (live.size === 0) return;
    for (const id of await jobs.cancelledAmong([...live.keys()])) live.get(id)?.ending.abort('cancelled');
  };
  /** Since when a job was due here and not heard of. */
  const unheard = new Map<string, number>();
  /** Redis may be gone for long, and its clients have been seen to wait for ever after a fail-over: the database has the jobs. */
  const takeUnheard = (due: readonly Job[]): void => {
    const nowMs = performance.now();
    for (const id of unheard.keys()) if (!due.some((job) => job.id === id)) unheard.delete(id);
    for (const { id } of due) {
      const sinceMs = unheard.get(id) ?? nowMs;
      unheard.set(id, sinceMs);
      if (nowMs - sinceMs < UNHEARD_MS || live.size >= concurrency || parts.mostPerMinute != null) continue;
      take(id).catch((failure: unknown) => log.debug({ job: id, reason: String(failure) }, 'take'));
    }
  };

  let isSweeping = false;
  const sweeping = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    sweep(keeper.hold())
      .catch((failure: unknown) => log.debug({ reason: String(failure) }, 'sweep'))
      .finally(() => {
        isSweeping = false;
      });
  }, SWEEP_MS);

  /** The announcement of a job. Whoever claims it in the database has it; a second announcement finds it taken. */
  const take = async (id: string): Promise<void> => {
    const hold = keeper.hold();
    if (hold === undefined || live.has(id)) return;
    const ending = new AbortController();
    const over = attempt(id, { worker: by.owner, hold }, ending).finally(() => live.delete(id));
    // From now on no other announcement claims it, which would be given it as well.
    live.set(id, { ending, over });
    await over;
  };

  const attempt = async (id: string, taker: JobTaker, ending: AbortController): Promise<void> => {
    const job = await jobs.claim(id, taker);
    if (job === undefined) return;
    if (keeper.hold()?.epoch !== taker.hold.epoch) return;
    await execute(job, taker, ending);
  };

  const execute = async (claimed: Job, taker: JobTaker, ending: AbortController): Promise<void> => {
    const job = { ...claimed, timeoutMs: Math.min(claimed.timeoutMs, parts.attemptMs) };
    const { id, workspace, attempts, takeovers } = job;
    log.info({ job: id, workspace, attempts, takeovers }, 'job.started');
    const limit = setTimeout(() => ending.abort('timeout' satisfies StopReason), job.timeoutMs);
    try {
      if (job.isCancelled) ending.abort('cancelled');
      const outcome =
        takeovers > MOST_TAKEOVERS
          ? { state: 'dead' as const, code: 'OUTCOME_UNKNOWN', error: endedItsWorkers(takeovers), afterMs: 0 }
          : await attemptJob(await parts.serviceOf(workspace), job, ending.signal);
      const isSettled = await jobs.settle(id, taker, outcome);
      if (!isSettled) log.warn({ job: id }, 'job.lost');
      else log.info({ job: id, state: outcome.state, code: outcome.code }, 'job.ended');
      const goesOn = outcome.state === 'waiting' || outcome.state === 'suspended';
      if (isSettled && goesOn) {
        const next = outcome.state === 'suspended' ? { ...job, attempts: 0, takeovers: Date.now() } : job;
        await queue.announce([{ ...next, afterMs: outcome.afterMs }]);
      }
    } catch (failure) {
      log.error({ job: id, reason: String(failure) }, 'job.broken');
      await putBack(id, taker);
    } finally {
      clearTimeout(limit);
    }
  };

  /** The database was out of reach: once it answers, the job is there to be begun again, by this worker or by who took the lane. */
  const putBack = async (id: string, taker: JobTaker): Promise<void> => {
    const again = { state: 'waiting' as const, code: 'STATE_UNAVAILABLE', error: null, afterMs: 0 };
    while (keeper.hold()?.epoch === taker.hold.epoch) {
      const isSettled = await jobs.settle(id, taker, again).then(
        () => true,
        () => false,
      );
      if (isSettled) return;
      await new Promise((resolve) => setTimeout(resolve, SWEEP_MS));
    }
  };

  return {
    lane: keeper,
    active: () => live.size,
    stop: async () => {
      clearInterval(sweeping);
      await (await consumer?.catch(() => undefined))?.close();
      stopAll('stopping');
      await Promise.allSettled([...live.values()].map(({ over }) => over));
      await keeper.stop();
    },
  };
}

const SWEEP_MS = 1_000;
/** So long a job that is due may wait for its announcement while this worker has room. */
const UNHEARD_MS = 10_000;
const HOUR_MS = 3_600_000;
/** 90 days. */
const KEPT_MS = 2_160 * HOUR_MS;
const MOST_SWEPT = 500;
/** A job that ends each worker that takes it must not end them all. */
const MOST_TAKEOVERS = 25;

function endedItsWorkers(takeovers: number): string {
  return `${takeovers} workers were gone while they executed it.`;
}
