import type { JsonObject } from '../json.ts';

/** When a workflow of the library is begun by itself. */
export interface ScheduleRecord {
  readonly id: string;
  /** What it is for. */
  readonly name: string | null;
  /** Whose workflow it begins, and whose the runs are. */
  readonly workspace: string;
  readonly workflowId: string;
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** In whose time these are, as `Europe/Rome`. */
  readonly timeZone: string;
  /** Values of the workflow's inputs. */
  readonly input: JsonObject;
  readonly createdAtMs: number;
}

/** A moment at which a schedule was due, and what came of it. */
export interface ScheduleTick {
  readonly scheduleId: string;
  /** Milliseconds since 1970. */
  readonly dueAtMs: number;
  /** The run that it began; null where none could be begun. */
  readonly executionId: string | null;
  readonly atMs: number;
  /** Why none could be begun; null where one was. */
  readonly code: string | null;
  readonly error: string | null;
}

/** What a list of schedules can be ordered by. */
export const scheduleOrders = ['createdAtMs', 'workflowId', 'name'] as const;

/** The schedules of every workspace, with their history. Power-safe. */
export interface ScheduleStore {
  add(schedule: ScheduleRecord): Promise<void>;
  /** The oldest first; of one workspace, or of all (null). */
  list(workspace: string | null): Promise<readonly ScheduleRecord[]>;
  /** Removes it with its history. False when that workspace, or any (null), has none of this id. */
  remove(id: string, workspace: string | null): Promise<boolean>;
  /** Keeps which run a tick begins, unless one is kept already; gives the one that is kept. */
  claim(tick: { scheduleId: string; dueAtMs: number; executionId: string; atMs: number }): Promise<string>;
  /** Keeps why a tick began nothing, whether or not a run was claimed for it. */
  refuse(tick: Omit<ScheduleTick, 'executionId'>): Promise<void>;
  /** The newest ticks first. */
  history(scheduleId: string, limit: number): Promise<readonly ScheduleTick[]>;
  /** Forgets ticks that were due before this moment; gives their number. */
  forgetBefore(dueAtMs: number): Promise<number>;
  close(): Promise<void>;
}
