import { isJsonObject } from '../../core/json.ts';
import type { Job, JobStore } from '../../core/stores/job-store.ts';
import { jobOf } from '../rows/job-rows.ts';
import { openConnections } from './connections.ts';

/**
 * Opens the jobs of a state directory (null: in memory): for processes of one machine that share it. Moments are those of this
 * machine. Throws as `openDatabase` does.
 */
export function openSqliteJobs(
  stateDir: string | null,
  now = Date.now,
): JobStore & { close(): Promise<void> } {
  const { database, read, write, close } = openConnections(stateDir, 'powerSafe');
  const prepare = (text: string) => database.prepare(text);
  const safely = <T>(work: () => T): Promise<T> => write('powerSafe', work);
  const insertRun = prepare(
    `INSERT OR IGNORE INTO run (workspace, execution_id, workflow_id, name, plan_hash, plan, input, caller, owner, state,
     started_at_ms, journal_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?, ?)`,
  );
  const columns =
    'id, workspace, queue, priority, most_attempts, timeout_ms, how, state, run_at, submitted_at';
  const into = `INTO job (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`;
  const insert = prepare(`INSERT OR IGNORE ${into}`);
  const again = prepare(
    `INSERT ${into} ON CONFLICT (id) DO UPDATE SET state = 'waiting', how = excluded.how, attempts = 0, takeovers = 0,
     priority = excluded.priority, most_attempts = excluded.most_attempts, timeout_ms = excluded.timeout_ms,
     run_at = excluded.run_at, is_cancelled = 0, ended_at = NULL, code = NULL, error = NULL
     WHERE job.state NOT IN ('waiting', 'active')`,
  );
  const select = prepare('SELECT * FROM job WHERE id = ?');
  const claim = prepare(
    `UPDATE job SET state = 'active', worker = ?, lane = ?, attempts = attempts + (state <> 'active'),
     takeovers = takeovers + (state = 'active' AND epoch < ?), started_at = coalesce(started_at, ?), epoch = ?
     WHERE id = ? AND (lane IS NULL OR lane = ?)
     AND (state IN ('waiting', 'suspended') AND run_at <= ? OR state = 'active' AND epoch <= ?)`,
  );
  const settle = prepare(
    `UPDATE job SET state = ?, code = ?, error = ?, run_at = ?, attempts = CASE WHEN ? = 'suspended' THEN 0 ELSE attempts END,
     most_attempts = most_attempts + ?, ended_at = ? WHERE id = ? AND lane = ? AND epoch = ? AND state = 'active'`,
  );
  const cancel = prepare(
    `UPDATE job SET is_cancelled = is_cancelled OR state IN ('waiting', 'active', 'suspended'),
     ended_at = CASE WHEN state IN ('waiting', 'suspended') THEN ? ELSE ended_at END,
     state = CASE WHEN state IN ('waiting', 'suspended') THEN 'cancelled' ELSE state END WHERE id = ?`,
  );
  const due = prepare(
    `SELECT * FROM job WHERE queue = ? AND (state IN ('waiting', 'suspended') AND run_at <= ?
     OR state = 'active' AND lane = ? AND epoch <= ?) ORDER BY priority, run_at LIMIT ?`,
  );
  const discard = prepare("UPDATE job SET state = 'discarded' WHERE id = ? AND state = 'dead'");
  const list = prepare(
    "SELECT * FROM job WHERE ? IN (workspace, '') AND ? IN (state, '') ORDER BY submitted_at DESC, id DESC LIMIT ?",
  );
  const ready = "state IN ('waiting', 'suspended') AND run_at <= ?1";
  const counts = prepare(
    `SELECT count(*) FILTER (WHERE ${ready}) AS waiting, count(*) FILTER (WHERE state = 'active') AS active,
     count(*) FILTER (WHERE state = 'dead') AS dead, count(*) FILTER (WHERE ended_at >= ?2) AS ended,
     count(*) FILTER (WHERE ended_at >= ?2 AND state = 'dead') AS failed,
     coalesce(?1 - min(run_at) FILTER (WHERE ${ready}), 0) AS waited FROM job WHERE ?3 IN (queue, '')`,
  );
  const failures = prepare(
    `SELECT workspace, count(*) AS ended, count(*) FILTER (WHERE state = 'dead') AS failed FROM job
     WHERE ended_at >= ? GROUP BY workspace`,
  );
  const forget = prepare('DELETE FROM job WHERE ended_at < ?');
  const one = (id: string): Job | undefined => {
    const row: unknown = select.get(id);
    return isJsonObject(row) ? jobOf(row) : undefined;
  };
  const many = (rows: readonly unknown[]): readonly Job[] => rows.filter(isJsonObject).map(jobOf);
  return {
    submit: (job, run) =>
      safely(() => {
        const texts = [run.planHash, JSON.stringify(run.plan), JSON.stringify(run.input)];
        const head = [job.workspace, run.executionId, run.workflowId, run.name];
        insertRun.run(...head, ...texts, run.caller, run.owner, run.startedAtMs, run.journalVersion);
        insert.run(...valuesOf(job), now(), now());
      }),
    submitAgain: (job) => safely(() => again.run(...valuesOf(job), now(), now()).changes === 1),
    get: (id) => read(() => one(id)),
    claim: (id, { worker, hold: { lane, epoch } }) =>
      safely(() => {
        const { changes } = claim.run(worker, lane, epoch, now(), epoch, id, lane, now(), epoch);
        return changes === 1 ? one(id) : undefined;
      }),
    settle: (id, { hold: { lane, epoch } }, { state, code, error, afterMs, isNoAttempt = false }) =>
      safely(() => {
        const endedAtMs = ['done', 'dead', 'cancelled'].includes(state) ? now() : null;
        const more = isNoAttempt ? 1 : 0;
        const to = [state, code, error, now() + afterMs, state, more, endedAtMs];
        return settle.run(...to, id, lane, epoch).changes === 1;
      }),
    cancel: (id) =>
      safely(() => {
        cancel.run(now(), id);
        return one(id);
      }),
    cancelledAmong: (ids) => read(() => ids.filter((id) => one(id)?.isCancelled === true)),
    due: (queue, hold, limit) =>
      read(() => many(due.all(queue, now(), hold?.lane ?? '', hold?.epoch ?? -1, limit))),
    discard: (id) => safely(() => discard.run(id).changes === 1),
    list: ({ workspace, state, limit }) => read(() => many(list.all(workspace ?? '', state ?? '', limit))),
    counts: (queue, sinceMs) =>
      read(() => {
        const row: unknown = counts.get(now(), sinceMs, queue ?? '');
        const of = isJsonObject(row) ? row : {};
        return {
          ...{ waiting: Number(of.waiting), active: Number(of.active), dead: Number(of.dead) },
          ...{ ended: Number(of.ended), failed: Number(of.failed), longestWaitMs: Number(of.waited) },
        };
      }),
    failures: (sinceMs) =>
      read(() =>
        failures
          .all(sinceMs)
          .filter(isJsonObject)
          .map(({ workspace, ended, failed }) => ({
            ...{ workspace: String(workspace), ended: Number(ended), failed: Number(failed) },
          })),
      ),
    forgetEndedBefore: (atMs) => safely(() => forget.run(atMs).changes),
    close,
  };
}

function valuesOf({
  id,
  workspace,
  queue,
  priority,
  mostAttempts,
  timeoutMs,
  how,
}: Parameters<JobStore['submitAgain']>[0]) {
  return [id, workspace, queue, priority, mostAttempts, timeoutMs, JSON.stringify(how)] as const;
}
