import { whenDue } from '../../core/schedules/cron.ts';
import type { OpenTicks } from './ticks.ts';

/** Timers of this process: for one that has no queue. */
export const openTimerTicks: OpenTicks = async (onDue) => {
  const timers = new Map<string, { stop(): void }>();
  const stop = (id: string): void => {
    timers.get(id)?.stop();
    timers.delete(id);
  };
  return {
    follow: async (schedules) => {
      const wanted = new Map(schedules.map((schedule) => [schedule.id, schedule]));
      for (const id of timers.keys()) if (!wanted.has(id)) stop(id);
      for (const [id, schedule] of wanted)
        if (!timers.has(id))
          timers.set(
            id,
            whenDue(schedule, () => void onDue(id)),
          );
    },
    close: async () => {
      for (const id of timers.keys()) stop(id);
    },
  };
};
