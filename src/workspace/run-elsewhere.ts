import type { Config } from '../config/config.ts';
import { WwiseFlowError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Stores } from '../core/stores/stores.ts';
import type { JobQueue } from '../jobs/queue.ts';
import { JOURNAL_VERSION } from '../workflow/runtime/journal/run-journal.ts';
import type { ExecutedElsewhere, Runs } from '../workflow/service.ts';
import type { Storage } from './storage.ts';

/** Has the runs of workspaces executed by workers, where this start names a Redis. */
export interface Elsewhere {
  of(runs: Runs, stores: Stores): Promise<ExecutedElsewhere | undefined>;
  close(): Promise<void>;
}

/** Opens the queue on first use. */
export function createElsewhere({ redis, queueName }: Config, storage: Storage, log: Log): Elsewhere {
  let opening: Promise<JobQueue> | undefined;
  return {
    of: async (runs, { workspace, runs: store }) => {
      if (redis === null) return undefined;
      const { openQueue } = await import('../jobs/queue.ts');
      const { queuedRuns } = await import('../jobs/queued-runs.ts');
      opening ??= openQueue(redis.url, queueName, log);
      const [queue, jobs] = [await opening, await storage.openJobs()];
      if (jobs === undefined) return undefined;
      return queuedRuns(runs, { jobs, queue, queueName, workspace, store, journalVersion: JOURNAL_VERSION });
    },
    close: async () => {
      await (await opening?.catch(() => undefined))?.close();
    },
  };
}

/** Jobs are those of a queue. */
export function needsQueue(): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', 'Jobs need a Redis that announces them.', {
    hint: 'Add --redis redis://HOST:6379, and the --database postgres://USER:PASSWORD@HOST/NAME that machines share.',
  });
}
