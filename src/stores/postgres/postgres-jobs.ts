import { randomUUID } from 'node:crypto';
import type { Job, JobCounts, JobStore, NewJob } from '../../core/stores/job-store.ts';
import { jobOf } from '../rows/job-rows.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { patiently } from './session.ts';
import { part, type Query, type Row } from './statement.ts';
import { storedText } from './stored-text.ts';

/** The jobs of every workspace in PostgreSQL. Moments are those of the database. */
export function postgresJobs({ query: sql, transaction }: PostgresDatabase): JobStore {
  const wait = <T>(work: () => Promise<T>): Promise<T> => patiently(work, PATIENCE_MS);
  const one = async (rows: Promise<readonly Row[]>): Promise<Job | undefined> => {
    const [row] = await rows;
    return row === undefined ? undefined : jobOf(row);
  };
  /** Changes one row, once; whether it did. */
  const once = (change: (tx: Query) => Promise<{ readonly count: number }>): Promise<boolean> => {
    const id = randomUUID();
    return wait(() =>
      transaction('read write', async (tx) => {
        const [known] = await tx`select 1 from write_mark where id = ${id}`;
        if (known !== undefined) return true;
        const { count } = await change(tx);
        if (count === 1) await tx`insert into write_mark (id) values (${id})`;
        return count === 1;
      }),
    );
  };
  return {
    submit: (job, run) =>
      wait(() =>
        transaction('read write', async (tx) => {
          await tx`select set_config('wwiseflow.workspace', ${job.workspace}, true)`;
          await tx`insert into run (workspace, execution_id, workflow_id, name, plan_hash, plan, input, caller, owner, state,
              started_at_ms, journal_version)
            values (${job.workspace}, ${run.executionId}, ${run.workflowId}, ${storedText(run.name)}, ${run.planHash},
              ${JSON.stringify(run.plan)}, ${JSON.stringify(run.input)}, ${run.caller}, ${run.owner}, 'running',
              ${run.startedAtMs}, ${run.journalVersion}) on conflict do nothing`;
          await tx`insert into job ${columnsOf(job)} on conflict do nothing`;
        }),
      ),
    submitAgain: (job) =>
      // Whether it was done is known by the mark, also where the link breaks while it is being committed.
      once(
        (tx) => tx`insert into job ${columnsOf(job)}
          on conflict (id) do update set state = 'waiting', how = excluded.how, attempts = 0, takeovers = 0, priority = excluded.priority,
            most_attempts = excluded.most_attempts, timeout_ms = excluded.timeout_ms, run_at = clock_timestamp(),
            is_cancelled = false, ended_at = null, code = null, error = null
          where job.state not in ('waiting', 'active')`,
      ),
    get: (id) => wait(() => one(sql`select * from job where id = ${id}`)),
    claim: (id, { worker, hold }) =>
      wait(() =>
        one(sql`update job set state = 'active', worker = ${worker}, lane = ${hold.lane}, epoch = ${hold.epoch},
            attempts = attempts + case when state = 'active' then 0 else 1 end,
            takeovers = takeovers + case when state = 'active' and epoch < ${hold.epoch} then 1 else 0 end, started_at = coalesce(started_at, clock_timestamp())
          where id = ${id} and (lane is null or lane = ${hold.lane}) and (
            state in ('waiting', 'suspended') and run_at <= clock_timestamp() or state = 'active' and epoch <= ${hold.epoch}
          ) and exists (select 1 from lane where lane.id = ${hold.lane} and lane.epoch = ${hold.epoch})
          returning *`),
      ),
    settle: (id, { hold }, { state, code, error, afterMs, isNoAttempt = false }) =>
      wait(async () => {
        const ended = ['done', 'dead', 'cancelled'].includes(state);
        const rows = await sql`update job set state = ${state}, code = ${code}, error = ${storedText(error)},
            run_at = clock_timestamp() + ${afterMs} * interval '1 millisecond',
            attempts = case when ${state === 'suspended'}::boolean then 0 else attempts end,
            most_attempts = most_attempts + case when ${isNoAttempt}::boolean then 1 else 0 end,
            ended_at = case when ${ended}::boolean then clock_timestamp() end
          where id = ${id} and lane = ${hold.lane} and epoch = ${hold.epoch} and state = 'active'`;
        return rows.count === 1;
      }),
    cancel: (id) =>
      wait(() =>
        one(sql`update job set is_cancelled = is_cancelled or state in ('waiting', 'active', 'suspended'),
            state = case when state in ('waiting', 'suspended') then 'cancelled' else state end,
            ended_at = case when state in ('waiting', 'suspended') then clock_timestamp() else ended_at end
          where id = ${id} returning *`),
      ),
    cancelledAmong: (ids) =>
      wait(async () => {
        const rows = await sql`select id from job where id = any (${[...ids]}) and is_cancelled`;
        return rows.map(({ id }) => String(id));
      }),
    due: (queue, hold, limit) =>
      wait(async () => {
        const left =
          hold === undefined
            ? part``
            : part`or state = 'active' and lane = ${hold.lane} and epoch <= ${hold.epoch}`;
        const rows = await sql`select * from job where queue = ${queue}
          and (state in ('waiting', 'suspended') and run_at <= clock_timestamp() ${left})
          order by priority, run_at limit ${limit}`;
        return rows.map(jobOf);
      }),
    discard: (id) => once((tx) => tx`update job set state = 'discarded' where id = ${id} and state = 'dead'`),
    list: ({ workspace, state, limit }) =>
      wait(async () => {
        const rows = await sql`select * from job where true
          ${workspace === null ? part`` : part`and workspace = ${workspace}`}
          ${state === undefined ? part`` : part`and state = ${state}`}
          order by submitted_at desc, id desc limit ${limit}`;
        return rows.map(jobOf);
      }),
    counts: (queue, sinceMs) =>
      wait(async (): Promise<JobCounts> => {
        const of = queue === null ? part`` : part`where queue = ${queue}`;
        const since = part`ended_at >= to_timestamp(${sinceMs}::double precision / 1000)`;
        const [row] = await sql`select
            count(*) filter (where state in ('waiting', 'suspended') and run_at <= clock_timestamp())::integer as waiting,
            count(*) filter (where state = 'active')::integer as active,
            count(*) filter (where state = 'dead')::integer as dead,
            count(*) filter (where ${since})::integer as ended,
            count(*) filter (where ${since} and state = 'dead')::integer as failed,
            coalesce(extract(epoch from clock_timestamp() - min(run_at) filter (
              where state in ('waiting', 'suspended') and run_at <= clock_timestamp())), 0)::double precision as waited
          from job ${of}`;
        return {
          waiting: Number(row?.waiting),
          active: Number(row?.active),
          dead: Number(row?.dead),
          ended: Number(row?.ended),
          failed: Number(row?.failed),
          longestWaitMs: Number(row?.waited) * 1000,
        };
      }),
    failures: (sinceMs) =>
      wait(async () => {
        const rows = await sql`select workspace, count(*)::integer as ended,
            count(*) filter (where state = 'dead')::integer as failed
          from job where ended_at >= to_timestamp(${sinceMs}::double precision / 1000) group by workspace`;
        return rows.map(({ workspace, ended, failed }) => ({
          ...{ workspace: String(workspace), ended: Number(ended), failed: Number(failed) },
        }));
      }),
    forgetEndedBefore: (atMs) =>
      wait(async () => {
        const { count } =
          await sql`delete from job where ended_at < to_timestamp(${atMs}::double precision / 1000)`;
        return count;
      }),
  };
}

function columnsOf({ id, workspace, queue, priority, mostAttempts, timeoutMs, how }: NewJob) {
  return part`(id, workspace, queue, priority, most_attempts, timeout_ms, how, state)
    values (${id}, ${workspace}, ${queue}, ${priority}, ${mostAttempts}, ${timeoutMs}, ${JSON.stringify(how)}, 'waiting')`;
}

/** So long a restart of the database is waited for. */
const PATIENCE_MS = 30_000;
