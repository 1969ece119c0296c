import type { App } from './app.ts';
import type { Config } from './config/config.ts';
import { readThresholds } from './core/health/thresholds.ts';
import type { Log } from './core/log.ts';
import type { CallbackStore } from './core/stores/callback-store.ts';
import type { ScheduleStore } from './core/stores/schedule-store.ts';
import { secretOf } from './workspace/secret-of.ts';

/** What a server does by itself, beside answering: it begins what is scheduled, and notifies callbacks. */
export interface Beside {
  openSchedules(): Promise<ScheduleStore>;
  openCallbacks(): Promise<CallbackStore>;
  close(): Promise<void>;
}

/** Begins both. Schedules are called by the queue where there is one, else by timers of this process. */
export async function serveBeside(app: App, config: Config, log: Log): Promise<Beside> {
  const [schedules, callbacks] = await Promise.all([
    app.storage.openSchedules(),
    app.storage.openCallbacks(),
  ]);
  const { redis, queueName } = config;
  const { startScheduler } = await import('./jobs/schedules/scheduler.ts');
  const { deliverCallbacks } = await import('./jobs/callbacks/deliver-callbacks.ts');
  const openTicks =
    redis === null
      ? (await import('./jobs/schedules/timer-ticks.ts')).openTimerTicks
      : (await import('./jobs/schedules/queue-ticks.ts')).queueTicks(redis.url, queueName, log);
  const serviceOf = (workspace: string) => app.openWorkspace(workspace).openService();
  const scheduler = await startScheduler({ store: schedules, openTicks, serviceOf, log });
  const delivering = deliverCallbacks({
    ...{ store: callbacks, log },
    runOf: async (workspace, executionId) => {
      const status = await (await serviceOf(workspace)).status(executionId);
      if (!status.ok) return undefined;
      const { code = null, error = null, waiting = null, ...run } = status.data;
      return { ...run, code, error, waiting };
    },
    failures: async () => (await app.storage.openJobs())?.failures(Date.now() - HOUR_MS) ?? [],
    failureRatio: readThresholds(config.thresholdsPath).jobFailureRatio,
    secretOf: (workspace, name) => secretOf(config, workspace)(name),
  });
  return {
    openSchedules: async () => schedules,
    openCallbacks: async () => callbacks,
    close: async () => {
      await Promise.all([scheduler.close(), delivering.close()]);
      await Promise.all([schedules.close(), callbacks.close()]);
    },
  };
}

const HOUR_MS = 3_600_000;
