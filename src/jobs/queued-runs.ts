import { toWwiseFlowError, WwiseFlowError } from '../core/errors.ts';
import { asJsonObject, type JsonObject } from '../core/json.ts';
import { failure, type Result } from '../core/result.ts';
import type { JobStore, NewJob } from '../core/stores/job-store.ts';
import type { RunStore } from '../core/stores/run-store.ts';
import { traceparentHere } from '../core/tracing.ts';
import type { ExecutedElsewhere, Runs, StartedRun } from '../workflow/service.ts';
import type { JobQueue } from './queue.ts';

export interface Queueing {
  readonly jobs: JobStore;
  readonly queue: JobQueue;
  readonly queueName: string;
  readonly workspace: string;
  readonly store: RunStore;
  /** The journal's version of transitions to come: the workers are of this program. */
  readonly journalVersion: number;
}

/**
 * Has runs executed by workers: what is begun or gone on with here is kept as a job, and followed in the journal. A handle is
 * given once the job is on disk, whether or not Redis answers.
 */
export function queuedRuns(
  runs: Runs,
  { jobs, queue, queueName, workspace, store, journalVersion }: Queueing,
): ExecutedElsewhere {
  const jobOf = (id: string, how: JsonObject): NewJob => ({
    ...{ id, workspace, queue: queueName, how: asJson({ ...how, traceparent: traceparentHere() }) },
    priority: USUAL_PRIORITY,
    ...{ mostAttempts: MOST_ATTEMPTS, timeoutMs: LONGEST_ATTEMPT_MS },
  });
  const announce = (id: string): Promise<void> =>
    queue.announce([{ id, priority: USUAL_PRIORITY, attempts: 0, takeovers: 0 }]);

  /** The end of a run, or that it waits, as the journal has it. */
  const ended = async (executionId: string): Promise<Result> => {
    for (;;) {
      const job = await jobs.get(executionId);
      if (job === undefined || !underWay.has(job.state)) {
        const { result } = await runs.status(executionId);
        return result ?? failure(neverEnded(executionId, job?.error ?? null));
      }
      await pause(LOOK_AGAIN_MS);
    }
  };

  /** Of this workspace: another one's is none here. */
  const isDead = async (executionId: string): Promise<boolean> => {
    const job = await jobs.get(executionId);
    return job?.state === 'dead' && job.workspace === workspace;
  };

  const cancel: ExecutedElsewhere['cancel'] = async (executionId) => {
    // A run of another workspace is none here.
    await runs.status(executionId);
    const job = await jobs.cancel(executionId);
    if (job === undefined) return runs.cancel(executionId);
    const status = await runs.status(executionId);
    if (job.state !== 'cancelled' || (status.state !== 'running' && status.state !== 'suspended'))
      return status;
    // Nobody executes it: its run ends here.
    await store.end(executionId, 'cancelled', Date.now(), { ...failure(cancelledEarly(executionId)) });
    return runs.status(executionId);
  };

  /** The worker of a run that waits is about to let go of it: that is waited for. */
  const submitAgain = async (job: NewJob): Promise<boolean> => {
    const untilMs = performance.now() + LETTING_GO_MS;
    while (!(await jobs.submitAgain(job))) {
      const { state } = await runs.status(job.id);
      if (state !== 'suspended' || performance.now() > untilMs) return false;
      await pause(LOOK_AGAIN_MS);
    }
    return true;
  };

  const follow = (executionId: string, signal: AbortSignal | undefined): StartedRun => {
    const stop = (): void => {
      cancel(executionId).catch(() => undefined);
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const done = ended(executionId)
      .catch((thrown: unknown) => failure(toWwiseFlowError(thrown)))
      .finally(() => signal?.removeEventListener('abort', stop));
    return { executionId, done };
  };

  return {
    start: async (
      plan,
      { executionId = runs.newId(), input = null, forceRerun, caller = null, signal } = {},
    ) => {
      const { workflowId, name = null, planHash } = plan;
      const force = typeof forceRerun === 'object' ? [...forceRerun] : forceRerun;
      const facts = { executionId, workflowId, name, planHash, input, caller, journalVersion };
      const run = { ...facts, plan: asJson(plan), owner: QUEUED, startedAtMs: Date.now() };
      await jobs.submit(jobOf(executionId, force === undefined ? {} : { force }), run);
      await announce(executionId);
      return follow(executionId, signal);
    },
    resume: async (executionId, { signal, plan, from, only, force, input, acceptChanges } = {}) => {
      await runs.status(executionId);
      if (plan !== undefined) throw planGiven(executionId);
      const how = asJson({ from, only, force, input, acceptChanges });
      if (!(await submitAgain(jobOf(executionId, how)))) throw stillThere(executionId);
      await announce(executionId);
      return follow(executionId, signal);
    },
    cancel,
    deadLetters: {
      list: (limit) => jobs.list({ workspace, state: 'dead', limit }),
      has: isDead,
      discard: async (executionId) => (await isDead(executionId)) && jobs.discard(executionId),
    },
    wait: async (executionId, timeoutMs, signal) => {
      const untilMs = performance.now() + timeoutMs;
      for (;;) {
        const status = await runs.status(executionId);
        const leftMs = untilMs - performance.now();
        if (status.state !== 'running' || signal?.aborted === true || leftMs <= 0) return status;
        await pause(Math.min(LOOK_AGAIN_MS, leftMs));
      }
    },
  };
}

const USUAL_PRIORITY = 100;
const MOST_ATTEMPTS = 3;
/** The worker says how long an attempt may take: --job-timeout. */
const LONGEST_ATTEMPT_MS = 86_400_000;
const LOOK_AGAIN_MS = 100;
const LETTING_GO_MS = 30_000;

/** Stands for the process that executes a run until a worker does. */
const QUEUED = '0:queued:(queue)';

const underWay: ReadonlySet<string> = new Set(['waiting', 'active']);

function asJson(value: object): JsonObject {
  return asJsonObject(JSON.parse(JSON.stringify(value)));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function neverEnded(executionId: string, error: string | null): WwiseFlowError {
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `The job of the run ${executionId} ended: ${error ?? 'no reason is known'}.`,
    {
      hint: 'Look at the run, then resume it.',
      details: { executionId },
    },
  );
}

function cancelledEarly(executionId: string): WwiseFlowError {
  return new WwiseFlowError('CANCELLED', 'The run was cancelled while no worker executed it.', {
    hint: 'workflow_resume goes on with it.',
    details: { executionId },
  });
}

function stillThere(executionId: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `The run ${executionId} is still under way.`, {
    hint: 'Follow it with workflow_status, or stop it with workflow_cancel, before it is resumed.',
    details: { executionId },
  });
}

function planGiven(executionId: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    'A run of workers goes on with its own workflow, not with a corrected one.',
    {
      hint: 'Run the corrected workflow anew: what is done already is found in the memo.',
      details: { executionId },
    },
  );
}
