import { asJsonObject, asString } from '../../core/json.ts';
import { type Job, jobStates } from '../../core/stores/job-store.ts';

/** A job, from its row. */
export function jobOf(row: Readonly<Record<string, unknown>>): Job {
  const how: unknown = JSON.parse(asString(row.how) ?? '{}');
  return {
    id: asString(row.id) ?? '',
    workspace: asString(row.workspace) ?? '',
    queue: asString(row.queue) ?? '',
    priority: Number(row.priority),
    mostAttempts: Number(row.most_attempts),
    timeoutMs: Number(row.timeout_ms),
    how: asJsonObject(how),
    state: jobStates.find((known) => known === row.state) ?? 'dead',
    attempts: Number(row.attempts),
    takeovers: Number(row.takeovers),
    runAtMs: msOf(row.run_at) ?? 0,
    submittedAtMs: msOf(row.submitted_at) ?? 0,
    startedAtMs: msOf(row.started_at),
    endedAtMs: msOf(row.ended_at),
    lane: asString(row.lane) ?? null,
    worker: asString(row.worker) ?? null,
    isCancelled: row.is_cancelled === true || row.is_cancelled === 1,
    code: asString(row.code) ?? null,
    error: asString(row.error) ?? null,
  };
}

function msOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return value instanceof Date ? value.getTime() : null;
}
