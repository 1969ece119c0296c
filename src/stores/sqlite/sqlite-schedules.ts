import { asJsonObject, asString, isJsonObject } from '../../core/json.ts';
import type { ScheduleStore } from '../../core/stores/schedule-store.ts';
import { scheduleOf, tickOf } from '../rows/schedule-rows.ts';
import { openConnections } from './connections.ts';

/** Opens the schedules of a state directory (null: in memory). Throws as `openDatabase` does. */
export function openSqliteSchedules(stateDir: string | null): ScheduleStore {
  const { database, read, write, close } = openConnections(stateDir, 'powerSafe');
  const insert = database.prepare(
    `INSERT INTO schedule (id, name, workspace, workflow_id, cron, time_zone, input, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const all = database.prepare(
    "SELECT * FROM schedule WHERE ? IN (workspace, '') ORDER BY created_at_ms, id",
  );
  const remove = database.prepare("DELETE FROM schedule WHERE id = ? AND ? IN (workspace, '')");
  const forgetOf = database.prepare('DELETE FROM schedule_tick WHERE schedule_id = ?');
  const keep = database.prepare(
    'INSERT OR IGNORE INTO schedule_tick (schedule_id, due_at_ms, execution_id, at_ms) VALUES (?, ?, ?, ?)',
  );
  const refuse = database.prepare(
    'INSERT OR REPLACE INTO schedule_tick (schedule_id, due_at_ms, at_ms, code, error) VALUES (?, ?, ?, ?, ?)',
  );
  const kept = database.prepare(
    'SELECT execution_id FROM schedule_tick WHERE schedule_id = ? AND due_at_ms = ?',
  );
  const ticks = database.prepare(
    'SELECT * FROM schedule_tick WHERE schedule_id = ? ORDER BY due_at_ms DESC LIMIT ?',
  );
  const forget = database.prepare('DELETE FROM schedule_tick WHERE due_at_ms < ?');
  return {
    add: ({ id, name, workspace, workflowId, cron, timeZone, input, createdAtMs }) =>
      write('powerSafe', () => {
        insert.run(id, name, workspace, workflowId, cron, timeZone, JSON.stringify(input), createdAtMs);
      }),
    list: (workspace) =>
      read(() =>
        all
          .all(workspace ?? '')
          .filter(isJsonObject)
          .map(scheduleOf),
      ),
    remove: (id, workspace) =>
      write('powerSafe', () => {
        if (remove.run(id, workspace ?? '').changes === 0) return false;
        forgetOf.run(id);
        return true;
      }),
    claim: ({ scheduleId, dueAtMs, executionId, atMs }) =>
      write('powerSafe', () => {
        keep.run(scheduleId, dueAtMs, executionId, atMs);
        return asString(asJsonObject(kept.get(scheduleId, dueAtMs)).execution_id) ?? executionId;
      }),
    refuse: ({ scheduleId, dueAtMs, atMs, code, error }) =>
      write('powerSafe', () => {
        refuse.run(scheduleId, dueAtMs, atMs, code, error);
      }),
    history: (scheduleId, limit) => read(() => ticks.all(scheduleId, limit).filter(isJsonObject).map(tickOf)),
    forgetBefore: (dueAtMs) => write('powerSafe', () => forget.run(dueAtMs).changes),
    close: async () => close(),
  };
}
