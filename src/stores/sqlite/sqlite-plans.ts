import type { PlanStore } from '../../core/stores/plan-store.ts';
import { storedPlanOf } from '../rows/plan-rows.ts';
import type { Connections } from './connections.ts';

/** Compiled workflows of one workspace in SQLite. */
export function sqlitePlans(
  { database, read, write }: Connections,
  workspace: string,
  now: () => number,
): PlanStore {
  const select = database.prepare('SELECT plan FROM compiled_plan WHERE workspace = ? AND key = ?');
  const put = database.prepare(
    'INSERT OR REPLACE INTO compiled_plan (workspace, key, plan, compiled_at_ms) VALUES (?, ?, ?, ?)',
  );
  const forget = database.prepare('DELETE FROM compiled_plan WHERE workspace = ? AND compiled_at_ms < ?');
  return {
    get: (key) => read(() => storedPlanOf(select.get(workspace, key))),
    put: (key, plan) =>
      write('killSafe', () => {
        put.run(workspace, key, JSON.stringify(plan), now());
      }),
    forgetBefore: (atMs) => write('killSafe', () => forget.run(workspace, atMs).changes),
  };
}
