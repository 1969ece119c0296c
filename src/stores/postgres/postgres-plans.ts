import type { PlanStore } from '../../core/stores/plan-store.ts';
import { storedPlanOf } from '../rows/plan-rows.ts';
import type { PostgresSession } from './session.ts';

/** Compiled workflows of one workspace in PostgreSQL. */
export function postgresPlans(
  { read, write }: PostgresSession,
  workspace: string,
  now: () => number,
): PlanStore {
  return {
    get: (key) =>
      read(async (sql) => {
        const [row] =
          await sql`select plan from compiled_plan where workspace = ${workspace} and key = ${key}`;
        return storedPlanOf(row);
      }),
    put: (key, plan) =>
      write(async (sql) => {
        await sql`insert into compiled_plan (workspace, key, plan, compiled_at_ms)
          values (${workspace}, ${key}, ${JSON.stringify(plan)}, ${now()})
          on conflict (workspace, key) do update set plan = excluded.plan, compiled_at_ms = excluded.compiled_at_ms`;
      }),
    forgetBefore: (atMs) =>
      write(async (sql) => {
        const { count } =
          await sql`delete from compiled_plan where workspace = ${workspace} and compiled_at_ms < ${atMs}`;
        return count;
      }),
  };
}
