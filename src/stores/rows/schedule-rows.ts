import { asJsonObject, asString } from '../../core/json.ts';
import type { ScheduleRecord, ScheduleTick } from '../../core/stores/schedule-store.ts';

type Row = Readonly<Record<string, unknown>>;

/** A schedule, from its row. */
export function scheduleOf(row: Row): ScheduleRecord {
  return {
    id: asString(row.id) ?? '',
    name: asString(row.name) ?? null,
    workspace: asString(row.workspace) ?? '',
    workflowId: asString(row.workflow_id) ?? '',
    cron: asString(row.cron) ?? '',
    timeZone: asString(row.time_zone) ?? '',
    input: asJsonObject(JSON.parse(asString(row.input) ?? '{}')),
    createdAtMs: Number(row.created_at_ms),
  };
}

/** A moment at which one was due, from its row. */
export function tickOf(row: Row): ScheduleTick {
  return {
    scheduleId: asString(row.schedule_id) ?? '',
    dueAtMs: Number(row.due_at_ms),
    executionId: asString(row.execution_id) ?? null,
    atMs: Number(row.at_ms),
    code: asString(row.code) ?? null,
    error: asString(row.error) ?? null,
  };
}
