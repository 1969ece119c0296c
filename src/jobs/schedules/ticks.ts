import type { ScheduleRecord } from '../../core/stores/schedule-store.ts';

/** What calls when a schedule is due: a call may come late, twice, and in several processes. */
export interface Ticks {
  /** From now on it calls for these schedules, and for no others. */
  follow(schedules: readonly ScheduleRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens what calls with the id of a schedule. */
export type OpenTicks = (onDue: (scheduleId: string) => Promise<void>) => Promise<Ticks>;
