import { WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { nextDue } from '../../core/schedules/cron.ts';
import { makeSchedule } from '../../core/schedules/make-schedule.ts';
import type { ScheduleRecord, ScheduleStore, ScheduleTick } from '../../core/stores/schedule-store.ts';
import type { Print } from './print.ts';

export interface ScheduleOrder {
  readonly action: 'add' | 'list' | 'remove' | 'history';
  /** The workflowId of one to add, else the id of one there is. */
  readonly what: string;
  readonly name: string | undefined;
  readonly workspace: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: JsonObject;
  /** Of the history. */
  readonly limit: number;
  readonly json: boolean;
}

/** Makes, lists or removes schedules or shows the history of one, and closes the store. Exit code 0. Throws INVALID_INPUT. */
export async function runSchedule(
  order: ScheduleOrder,
  schedules: ScheduleStore,
  print: Print,
): Promise<number> {
  const { action, what, json } = order;
  try {
    if (action === 'add') {
      const made = await makeSchedule(schedules, { ...order, workflowId: what });
      print(json ? JSON.stringify(shown(made)) : described(made));
    } else if (action === 'list') {
      const all = await schedules.list(null);
      if (json) print(JSON.stringify(all.map(shown)));
      else for (const schedule of all) print(described(schedule));
      if (!json && all.length === 0) print('There are no schedules.');
    } else if (action === 'remove') {
      if (!(await schedules.remove(what, null))) throw noSchedule(what);
      print(json ? JSON.stringify({ removed: what }) : `Removed ${what}: it begins nothing any more.`);
    } else await history(order, schedules, print);
    return 0;
  } finally {
    await schedules.close();
  }
}

async function history({ what, limit, json }: ScheduleOrder, schedules: ScheduleStore, print: Print) {
  const isThere = (await schedules.list(null)).some(({ id }) => id === what);
  if (!isThere) throw noSchedule(what);
  const ticks = await schedules.history(what, limit);
  if (json) return print(JSON.stringify(ticks));
  for (const tick of ticks) print(inALine(tick));
  if (ticks.length === 0) print('It has not been due yet.');
}

/** With when it is due next. */
function shown(schedule: ScheduleRecord) {
  return { ...schedule, nextAtMs: nextDue(schedule, Date.now()) };
}

function described(schedule: ScheduleRecord): string {
  const { id, name, workspace, workflowId, cron, timeZone } = schedule;
  const nextAtMs = nextDue(schedule, Date.now());
  const next = nextAtMs === null ? 'never' : new Date(nextAtMs).toISOString();
  const words = name === null ? '' : `  ${name}`;
  return `${id}  begins ${workflowId} in ${workspace} at "${cron}" ${timeZone}, next ${next}${words}`;
}

function inALine({ dueAtMs, executionId, code, error }: ScheduleTick): string {
  const due = new Date(dueAtMs).toISOString();
  return executionId === null ? `${due}  began nothing: ${code}: ${error}` : `${due}  ${executionId}`;
}

function noSchedule(id: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `There is no schedule "${id}".`, {
    hint: 'See the ids with `wwiseflow schedule list`.',
    details: { id },
  });
}
