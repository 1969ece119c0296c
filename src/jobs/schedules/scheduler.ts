import type { Log } from '../../core/log.ts';
import { lastDue } from '../../core/schedules/cron.ts';
import type { ScheduleRecord, ScheduleStore } from '../../core/stores/schedule-store.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import type { OpenTicks } from './ticks.ts';

export interface SchedulerParts {
  readonly store: ScheduleStore;
  readonly openTicks: OpenTicks;
  serviceOf(workspace: string): Promise<Pick<WorkflowService, 'deliver' | 'status'>>;
  readonly log: Log;
  /** How often it looks at the schedules there are, in milliseconds. */
  readonly everyMs?: number;
}

export interface Scheduler {
  /** Looks at the schedules there are, and makes up what was missed. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Begins the workflows of schedules when they are due. Several processes may do so for the same ones: the database gives each moment
 * to one run. A moment that nobody was there for is made up once, up to an hour later.
 */
export async function startScheduler({
  store,
  openTicks,
  serviceOf,
  log,
  everyMs = 15_000,
}: SchedulerParts): Promise<Scheduler> {
  let schedules = new Map<string, ScheduleRecord>();
  /** The last moment of each that this process has seen to. */
  const seen = new Map<string, number>();
  let forgetAtMs = 0;

  const onDue = async (id: string): Promise<void> => {
    const schedule = schedules.get(id);
    if (schedule === undefined) return;
    const nowMs = Date.now();
    const dueAtMs = lastDue(schedule, Math.max(schedule.createdAtMs, nowMs - MADE_UP_MS), nowMs + EARLY_MS);
    if (dueAtMs === undefined || (seen.get(id) ?? 0) >= dueAtMs) return;
    seen.set(id, dueAtMs);
    await begin(schedule, dueAtMs).catch((reason: unknown) => {
      // It is tried again when the schedules are looked at next.
      seen.delete(id);
      log.warn({ schedule: id, dueAtMs, reason: String(reason) }, 'schedule.failed');
    });
  };

  const begin = async (schedule: ScheduleRecord, dueAtMs: number): Promise<void> => {
    const { id: scheduleId, workspace, workflowId } = schedule;
    // What no input of the workflow asks for is left out.
    const input = { ...dueInputs(schedule, dueAtMs), ...schedule.input };
    const service = await serviceOf(workspace);
    const tick = { scheduleId, dueAtMs, atMs: Date.now() };
    let claimed = '';
    const delivered = await service.deliver({
      workflowId,
      body: { text: JSON.stringify(input), json: input },
      claim: async (executionId) => {
        claimed = await store.claim({ ...tick, executionId });
        return claimed;
      },
      caller: 'schedule',
    });
    if (delivered.ok) {
      const { executionId, isRepeated } = delivered.data;
      if (!isRepeated) log.info({ schedule: scheduleId, workflowId, executionId, dueAtMs }, 'schedule.begun');
      return;
    }
    // Another process was a moment earlier.
    if (claimed !== '' && (await service.status(claimed)).ok) return;
    const { code, error } = delivered;
    await store.refuse({ ...tick, code, error });
    log.warn({ schedule: scheduleId, workflowId, dueAtMs, code, error }, 'schedule.refused');
  };

  const ticks = await openTicks(onDue);
  const refresh = async (): Promise<void> => {
    if (performance.now() >= forgetAtMs) {
      forgetAtMs = performance.now() + HOUR_MS;
      await store.forgetBefore(Date.now() - KEPT_MS);
    }
    schedules = new Map((await store.list(null)).map((schedule) => [schedule.id, schedule]));
    for (const id of schedules.keys()) await onDue(id);
    await ticks.follow([...schedules.values()]);
  };
  const look = (): Promise<void> =>
    refresh().catch((reason: unknown) => log.warn({ reason: String(reason) }, 'schedules.unavailable'));
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  timer.unref();
  return {
    refresh,
    close: async () => {
      clearInterval(timer);
      await looking;
      await ticks.close();
    },
  };
}

/** What a workflow may ask for by these names: its moment, and its day in the time of the schedule. */
function dueInputs({ timeZone }: ScheduleRecord, dueAtMs: number) {
  const dueAt = new Date(dueAtMs);
  return {
    dueAt: dueAt.toISOString(),
    dueDate: new Intl.DateTimeFormat('sv-SE', { timeZone }).format(dueAt),
  };
}

const HOUR_MS = 3_600_000;
/** So long after its moment a run that nobody began is begun. */
const MADE_UP_MS = HOUR_MS;
/** Clocks of machines differ, and timers are not exact. */
const EARLY_MS = 500;
/** 90 days. */
const KEPT_MS = 2_160 * HOUR_MS;
