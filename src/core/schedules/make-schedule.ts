import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { ScheduleRecord, ScheduleStore } from '../stores/schedule-store.ts';
import { checkCron } from './cron.ts';

export interface WantedSchedule {
  readonly workspace: string;
  readonly workflowId: string;
  readonly name?: string | undefined;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: JsonObject;
}

/** Makes a schedule. Throws INVALID_INPUT for times that are none. Whether there is such a workflow shows when it is due. */
export async function makeSchedule(
  schedules: ScheduleStore,
  { workspace, workflowId, name, cron, timeZone, input }: WantedSchedule,
): Promise<ScheduleRecord> {
  checkCron({ cron, timeZone });
  const record: ScheduleRecord = {
    ...{ id: randomBytes(4).toString('hex'), name: name ?? null, workspace, workflowId },
    ...{ cron: cron.trim().replace(/ +/g, ' '), timeZone, input, createdAtMs: Date.now() },
  };
  await schedules.add(record);
  return record;
}
