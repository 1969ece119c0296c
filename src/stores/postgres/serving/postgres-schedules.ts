import { asString } from '../../../core/json.ts';
import type { ScheduleStore } from '../../../core/stores/schedule-store.ts';
import { scheduleOf, tickOf } from '../../rows/schedule-rows.ts';
import type { PostgresDatabase } from '../postgres-database.ts';
import { patiently } from '../session.ts';
import { part } from '../statement.ts';
import { storedText } from '../stored-text.ts';

/** The schedules of every workspace in PostgreSQL; closing them leaves the database open. */
export function postgresSchedules({ query: sql, transaction }: PostgresDatabase): ScheduleStore {
  const wait = <T>(work: () => Promise<T>): Promise<T> => patiently(work, PATIENCE_MS);
  return {
    add: ({ id, name, workspace, workflowId, cron, timeZone, input, createdAtMs }) =>
      wait(async () => {
        await sql`insert into schedule (id, name, workspace, workflow_id, cron, time_zone, input, created_at_ms)
          values (${id}, ${name}, ${workspace}, ${workflowId}, ${cron}, ${timeZone}, ${JSON.stringify(input)}, ${createdAtMs})
          on conflict do nothing`;
      }),
    list: (workspace) =>
      wait(async () => {
        const own = workspace === null ? part`` : part`where workspace = ${workspace}`;
        return (await sql`select * from schedule ${own} order by created_at_ms, id`).map(scheduleOf);
      }),
    remove: (id, workspace) =>
      wait(() =>
        transaction('read write', async (tx) => {
          const own = workspace === null ? part`` : part`and workspace = ${workspace}`;
          const { count } = await tx`delete from schedule where id = ${id} ${own}`;
          if (count > 0) await tx`delete from schedule_tick where schedule_id = ${id}`;
          return count > 0;
        }),
      ),
    claim: ({ scheduleId, dueAtMs, executionId, atMs }) =>
      wait(async () => {
        const [row] = await sql`insert into schedule_tick (schedule_id, due_at_ms, execution_id, at_ms)
          values (${scheduleId}, ${dueAtMs}, ${executionId}, ${atMs})
          on conflict (schedule_id, due_at_ms) do update set at_ms = schedule_tick.at_ms returning execution_id`;
        return asString(row?.execution_id) ?? executionId;
      }),
    refuse: ({ scheduleId, dueAtMs, atMs, code, error }) =>
      wait(async () => {
        await sql`insert into schedule_tick (schedule_id, due_at_ms, at_ms, code, error)
          values (${scheduleId}, ${dueAtMs}, ${atMs}, ${code}, ${storedText(error)})
          on conflict (schedule_id, due_at_ms) do update set execution_id = null, code = excluded.code, error = excluded.error`;
      }),
    history: (scheduleId, limit) =>
      wait(async () => {
        const rows = await sql`select * from schedule_tick where schedule_id = ${scheduleId}
          order by due_at_ms desc limit ${limit}`;
        return rows.map(tickOf);
      }),
    forgetBefore: (dueAtMs) =>
      wait(async () => (await sql`delete from schedule_tick where due_at_ms < ${dueAtMs}`).count),
    close: async () => undefined,
  };
}

const PATIENCE_MS = 5_000;
