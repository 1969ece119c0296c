import type { CallbackStore } from '../../../core/stores/callback-store.ts';
import { callbackOf, deliveryOf } from '../../rows/callback-rows.ts';
import type { PostgresDatabase } from '../postgres-database.ts';
import { patiently } from '../session.ts';
import { part } from '../statement.ts';
import { storedText } from '../stored-text.ts';

/** The callbacks of every workspace in PostgreSQL; closing them leaves the database open. */
export function postgresCallbacks({ query: sql, transaction }: PostgresDatabase): CallbackStore {
  const wait = <T>(work: () => Promise<T>): Promise<T> => patiently(work, PATIENCE_MS);
  return {
    add: ({ id, name, workspace, url, events, secretName, createdAtMs }) =>
      wait(async () => {
        await sql`insert into callback (id, name, workspace, url, events, secret_name, created_at_ms)
          values (${id}, ${name}, ${workspace}, ${url}, ${JSON.stringify(events)}, ${secretName}, ${createdAtMs})
          on conflict do nothing`;
      }),
    list: (workspace) =>
      wait(async () => {
        const own = workspace === null ? part`` : part`where workspace = ${workspace}`;
        return (await sql`select * from callback ${own} order by created_at_ms, id`).map(callbackOf);
      }),
    remove: (id, workspace) =>
      wait(() =>
        transaction('read write', async (tx) => {
          const own = workspace === null ? part`` : part`and workspace = ${workspace}`;
          const { count } = await tx`delete from callback where id = ${id} ${own}`;
          if (count > 0) await tx`delete from callback_delivery where callback_id = ${id}`;
          return count > 0;
        }),
      ),
    gather: (workspace, endedSinceMs, nowMs) =>
      wait(() =>
        transaction('read write', async (tx) => {
          await tx`select set_config('wwiseflow.workspace', ${workspace}, true)`;
          const into = part`insert into callback_delivery
            (callback_id, execution_id, event, moment, state, attempts, next_at_ms, created_at_ms)`;
          await tx`${into} select c.id, r.execution_id, 'run.ended', r.ended_at_ms::text, 'waiting', 0,
              ${nowMs}::double precision, ${nowMs}::double precision
            from callback c join run r on r.workspace = c.workspace
              and r.ended_at_ms >= greatest(c.created_at_ms, ${endedSinceMs})
              -- The end of an attempt is not the end of its run.
              and not exists (select 1 from job j where j.id = r.execution_id and j.state in ('waiting', 'active'))
            where c.workspace = ${workspace} and strpos(c.events, '"run.ended"') > 0 on conflict do nothing`;
          await tx`${into} select c.id, r.execution_id, 'run.waiting',
              coalesce((select max((q ->> 'sinceMs')::double precision) from json_array_elements(r.waiting::json) as q), 0)::text,
              'waiting', 0,
              ${nowMs}::double precision, ${nowMs}::double precision
            from callback c join run r on r.workspace = c.workspace and r.state = 'suspended' and r.waiting is not null
            where c.workspace = ${workspace} and strpos(c.events, '"run.waiting"') > 0 on conflict do nothing`;
        }),
      ),
    raise: (workspace, event, moment, nowMs) =>
      wait(async () => {
        await sql`insert into callback_delivery
            (callback_id, execution_id, event, moment, state, attempts, next_at_ms, created_at_ms)
          select id, '', ${event}, ${moment}, 'waiting', 0, ${nowMs}::double precision, ${nowMs}::double precision
          from callback where workspace = ${workspace} and strpos(events, ${`"${event}"`}) > 0 on conflict do nothing`;
      }),
    take: (limit, nowMs, forMs) =>
      wait(async () => {
        const rows =
          await sql`update callback_delivery as d set next_at_ms = ${nowMs + forMs}, attempts = d.attempts + 1
          from (select callback_id, execution_id, event, moment from callback_delivery
            where state = 'waiting' and next_at_ms <= ${nowMs} order by next_at_ms limit ${limit} for update skip locked) as due
          where d.callback_id = due.callback_id and d.execution_id = due.execution_id and d.event = due.event
            and d.moment = due.moment returning d.*`;
        return rows.map(deliveryOf);
      }),
    settle: ({ callbackId, executionId, event, moment }, { state, nextAtMs, outcome }) =>
      wait(async () => {
        await sql`update callback_delivery set state = ${state}, next_at_ms = ${nextAtMs}, outcome = ${storedText(outcome)}
          where callback_id = ${callbackId} and execution_id = ${executionId} and event = ${event} and moment = ${moment}`;
      }),
    deliveries: (callbackId, limit) =>
      wait(async () => {
        const rows = await sql`select * from callback_delivery where callback_id = ${callbackId}
          order by created_at_ms desc, execution_id desc limit ${limit}`;
        return rows.map(deliveryOf);
      }),
    retry: (callbackId, nowMs) =>
      wait(async () => {
        const { count } =
          await sql`update callback_delivery set state = 'waiting', attempts = 0, next_at_ms = ${nowMs}
          where callback_id = ${callbackId} and state = 'dead'`;
        return count;
      }),
    forgetBefore: (createdAtMs) =>
      wait(async () => (await sql`delete from callback_delivery where created_at_ms < ${createdAtMs}`).count),
    close: async () => undefined,
  };
}

const PATIENCE_MS = 5_000;
