import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { failure, type Result, success } from '../../bus/result.ts';
import { hashJson } from '../../core/canonical-json.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { didYouMean } from '../../core/nearest.ts';
import type { RunState } from '../../core/run-states.ts';
import type { RunRecord, RunStore } from '../../core/stores/run-store.ts';
import type { Plan, PlanNode } from '../compiler/plan.ts';
import { kindsOf } from '../nodes/catalog.ts';
import { unknownKind } from '../nodes/command-kind.ts';
import { createAlarms } from './alarms.ts';
import { systemClock } from './clock.ts';
import type { OnRunEvent } from './events.ts';
import { newExecutionId } from './execution-id.ts';
import { readJournal } from './journal/read-journal.ts';
import { readPlan } from './journal/read-plan.ts';
import { processToken } from './journal/run-journal.ts';
import { type RunStatus, type RunSummary, statusOf, summaryOf } from './journal/run-status.ts';
import { atOnce, createPaces, MOST_READS_AT_ONCE } from './limits.ts';
import { type PerformedRun, performRun, type RunRequest, runDir } from './perform-run.ts';
import { replan } from './replan.ts';
import { checkProject, nothingToResume, planChanged, stillGoingOn } from './resume-refusals.ts';
import { rollBackLater } from './roll-back-later.ts';
import { createRunEvents, type RunEvents, type RunSubscription, replayEvents } from './run-events.ts';
import type { RunnerParts, RunOptions, SharedLimits } from './run-request.ts';

export type { NodeState } from './journal/read-journal.ts';
export type { NodeStatus, RunStatus, RunSummary } from './journal/run-status.ts';

export interface StartedRun {
  readonly executionId: string;
  /** Never rejects. */
  readonly done: Promise<Result>;
}

export interface ResumeOptions extends Pick<RunOptions, 'onEvent' | 'signal' | 'caller' | 'concurrency'> {
  /** Values of the workflow's inputs that were missing or wrong; the others stay. Who reads a changed one is done again. */
  readonly input?: JsonObject | undefined;
  /** The workflow as it is now. When its plan hash differs the resume is refused and the difference explained. */
  readonly plan?: Plan | undefined;
  /** Go on with the changed plan: nodes it left alone are reused. */
  readonly acceptChanges?: boolean | undefined;
  /** Do this node and everything downstream of it again. */
  readonly from?: string | undefined;
  /** Execute these nodes only; the others keep what they gave. */
  readonly only?: readonly string[] | undefined;
  /** Do these nodes again, or all of them. */
  readonly force?: boolean | readonly string[] | undefined;
  /** Go on although another process seems to be carrying it out. */
  readonly takeOver?: boolean | undefined;
}

export type RunPage = {
  /** The newest first. */
  readonly runs: readonly RunSummary[];
  /** Give it as `cursor` for the next page; null on the last. */
  readonly cursor: string | null;
};

export interface RunFilter {
  /** At most this many, 1 to 200. Default 20. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly workflowId?: string | undefined;
  readonly state?: RunState | undefined;
}

/**
 * The runs of this state directory, those of earlier processes included.
 * Every method that takes an executionId rejects with RUN_NOT_FOUND for an unknown one, with the nearest known.
 */
export interface Runs {
  /** Starts a run in the background. Throws nothing: a refused input is the Result of `done`. */
  start(plan: Plan, options?: RunOptions): StartedRun;
  status(executionId: string): Promise<RunStatus>;
  /** Resolves when the run has ended, when `timeoutMs` have passed, or when the signal aborts. */
  wait(executionId: string, timeoutMs: number, signal?: AbortSignal): Promise<RunStatus>;
  /** Stops a run of this process: nothing new begins, what goes on is aborted. A run that has ended stays as it is. */
  cancel(executionId: string): Promise<RunStatus>;
  /**
   * Goes on with a run that failed, was cancelled, interrupted or is suspended, under the same executionId; with from, only or force also
   * with one that is done. Rejects with INVALID_INPUT while it is running, and when the workflow changed.
   */
  resume(executionId: string, options?: ResumeOptions): Promise<StartedRun>;
  /**
   * Takes back what a finished run did: by undo while it is still the last step, else step by step.
   * Success: data `{ executionId, how, rolledBack, notRolledBack, removedFiles, restoredFiles, verified }`.
   */
  rollback(executionId: string, signal?: AbortSignal): Promise<Result>;
  /** Tells a listener the events of a run so far, and each as it comes; see WorkflowService. */
  events(executionId: string, listener: OnRunEvent): Promise<RunSubscription>;
  list(filter?: RunFilter): Promise<RunPage>;
  /** The runs that wait, those to go on first first. Those of other processes go on when they are resumed. */
  suspended(): Promise<readonly RunSummary[]>;
  /** Calls off what would go on by itself. */
  close(): void;
  /** The plan of a run, as it was journalled. */
  planOf(executionId: string): Promise<JsonObject>;
  /** Forgets runs that ended more than `days` ago, with their artifacts; gives their number. */
  gc(days: number): Promise<number>;
}

/** Runs over a bus and a journal. */
export function createRuns({
  limits = {},
  ...given
}: RunnerParts & { readonly store: RunStore; readonly limits?: SharedLimits | undefined }): Runs {
  const { maxConcurrency = MOST_READS_AT_ONCE, maxPerSecond } = limits;
  const parts = { reads: atOnce(maxConcurrency), paceOf: createPaces(maxPerSecond), ...given };
  const { store, bus, stateDir, log } = parts;
  const live = new Map<string, LiveRun>();
  const clock = parts.clock ?? systemClock;
  const now = () => clock.now();
  const alarms = createAlarms(clock);
  const kinds = kindsOf(bus);
  const replayOf = ({ kind }: PlanNode) => (kinds.find(kind) ?? unknownKind(kind)).replay;
  /** The last run that ended as a step of Wwise's history, and the count of changes at that moment. */
  let lastStep: { readonly executionId: string; readonly changeCount: number } | undefined;

  const begin = (request: Omit<RunRequest, 'options'> & { readonly options: RunOptions }): StartedRun => {
    const { executionId, options } = request;
    const control = new AbortController();
    const events = createRunEvents(parts.log);
    if (options.onEvent !== undefined) events.subscribe(options.onEvent);
    const signal =
      options.signal === undefined ? control.signal : AbortSignal.any([options.signal, control.signal]);
    const carry = async (): Promise<Result> => {
      const performed: PerformedRun = await performRun(parts, {
        ...request,
        options: { ...options, signal, onEvent: events.emit },
      });
      live.delete(executionId);
      if (performed.suspendedUntilMs !== undefined)
        alarms.set(executionId, performed.suspendedUntilMs, () => wake(executionId));
      events.end();
      if (performed.isUndoStep) lastStep = { executionId, changeCount: bus.project?.changeCount ?? 0 };
      return performed.result;
    };
    const run: LiveRun = { control, events, done: Promise.resolve(failedToStart) };
    live.set(executionId, run);
    run.done = carry();
    return { executionId, done: run.done };
  };

  const known = async (executionId: string): Promise<RunRecord> => {
    const record = await store.get(executionId);
    if (record !== undefined) return record;
    const ids = (await store.list({ limit: 200 })).map((head) => head.executionId);
    throw new WwiseFlowError(
      'RUN_NOT_FOUND',
      `No run has the executionId "${executionId}".${didYouMean(executionId, ids)}`,
      { hint: 'Look for it in the list of runs.', details: { executionId, latest: ids.slice(0, 5) } },
    );
  };

  const status = async (executionId: string): Promise<RunStatus> => {
    const record = await known(executionId);
    return statusOf(record, await store.transitions(executionId), live.has(executionId), now());
  };

  const checkIdle = (record: RunRecord, takeOver: boolean): void => {
    const { executionId } = record;
    const { state } = summaryOf({ ...record, code: null, error: null }, live.has(executionId), now());
    if (state !== 'running' || (takeOver && !live.has(executionId))) return;
    throw stillGoingOn(record, live.has(executionId));
  };

  /** Makes a suspended run this process's to go on with, or to end. */
  const claim = async ({ executionId }: RunRecord): Promise<boolean> => {
    alarms.off(executionId);
    return store.claim(executionId, processToken);
  };

  const wake = async (executionId: string): Promise<void> => {
    try {
      const record = await known(executionId);
      if (record.state !== 'suspended') return;
      await checkProject(record, bus);
      if (!(await store.claim(executionId, processToken))) return;
      await goOn(record, {}, { isWaking: true });
    } catch (thrown) {
      const reason = toWwiseFlowError(thrown).message;
      log.warn({ executionId, reason }, 'A suspended run is due and could not go on: resume it.');
    }
  };

  const cancelSuspended = async (record: RunRecord): Promise<void> => {
    const { executionId } = record;
    if (!(await claim(record))) throw stillGoingOn(record, live.has(executionId));
    const soFar = asJsonObject(asJsonObject(record.result).data);
    const { state: _state, untilMs: _until, ...details } = soFar;
    const error = new WwiseFlowError('CANCELLED', 'The run was cancelled while it was suspended.', {
      hint: 'workflow_resume goes on with it, workflow_rollback takes it back.',
      details,
    });
    await store.end(executionId, 'cancelled', now(), { ...failure(error) });
  };

  const resume: Runs['resume'] = async (executionId, options = {}) => {
    const record = await known(executionId);
    checkIdle(record, options.takeOver === true);
    const { from, only, force } = options;
    const isWhole =
      from === undefined &&
      only === undefined &&
      (force === undefined || force === false) &&
      options.input === undefined;
    if (record.state === 'done' && isWhole && options.plan === undefined) throw nothingToResume(executionId);
    const former = readPlan(record);
    const plan = options.plan ?? former;
    if (plan.planHash !== former.planHash && options.acceptChanges !== true) throw planChanged(plan, former);
    if (record.state === 'suspended') {
      await checkProject(record, bus);
      if (!(await claim(record))) throw stillGoingOn(record, live.has(executionId));
    } else checkIdle(record, options.takeOver === true);
    const isWaking = record.state === 'suspended' && isWhole && options.plan === undefined;
    return goOn(record, options, { isWaking });
  };

  const goOn = async (
    record: RunRecord,
    options: ResumeOptions,
    { isWaking }: { readonly isWaking: boolean },
  ): Promise<StartedRun> => {
    const { executionId } = record;
    const { from, only, force } = options;
    const former = readPlan(record);
    const plan = options.plan ?? former;
    const journal = readJournal(await store.transitions(executionId));
    const given = asJsonObject(record.input);
    const input = options.input === undefined ? (record.input ?? undefined) : { ...given, ...options.input };
    const changedInputs = Object.entries(options.input ?? {})
      .filter(
        ([name, value]) => hashJson(value ?? null) !== hashJson(formerValue(name, given, former) ?? null),
      )
      .map(([name]) => name);
    const replanned = replan(plan, journal, { from, only, force, former, changedInputs, replayOf, isWaking });
    const { onEvent, signal, concurrency } = options;
    const caller = options.caller ?? record.caller ?? undefined;
    return begin({
      executionId,
      plan,
      options: { input, onEvent, signal, concurrency, caller },
      resumed: { replanned, journal },
    });
  };

  return {
    start: (plan, options = {}) => begin({ executionId: newExecutionId(now()), plan, options }),
    status,
    wait: async (executionId, timeoutMs, signal) => {
      const untilMs = performance.now() + timeoutMs;
      for (;;) {
        const over = live.get(executionId)?.done ?? alarms.rung(executionId);
        const leftMs = untilMs - performance.now();
        if (over === undefined || leftMs <= 0 || signal?.aborted === true) break;
        await ended(over, leftMs, signal);
      }
      return status(executionId);
    },
    cancel: async (executionId) => {
      const record = await known(executionId);
      const run = live.get(executionId);
      if (run === undefined && record.state === 'suspended') await cancelSuspended(record);
      else if (run === undefined) checkIdle(record, false);
      run?.control.abort();
      return status(executionId);
    },
    resume,
    rollback: async (executionId) => {
      try {
        const suspended = await known(executionId);
        checkIdle(suspended, false);
        readPlan(suspended);
        // It must not go on with what is being taken back.
        if (suspended.state === 'suspended') await cancelSuspended(suspended);
        const record = await known(executionId);
        const isLastStep =
          lastStep?.executionId === executionId && lastStep.changeCount === bus.project?.changeCount;
        if (isLastStep) lastStep = undefined;
        return success(await rollBackLater(parts, record, readPlan(record), isLastStep, now));
      } catch (thrown) {
        return failure(toWwiseFlowError(thrown));
      }
    },
    events: async (executionId, listener) => {
      const run = live.get(executionId);
      if (run !== undefined) return run.events.subscribe(listener);
      const record = await known(executionId);
      return replayEvents(record, await store.transitions(executionId), listener, parts.log);
    },
    list: async ({ limit = 20, cursor, workflowId, state } = {}) => {
      const most = Math.min(Math.max(1, limit), 200);
      const states = state === undefined ? undefined : [state === 'interrupted' ? 'running' : state];
      const heads = await store.list({ limit: most + 1, before: cursor, workflowId, states });
      const runs: RunSummary[] = heads
        .slice(0, most)
        .map((head) => summaryOf(head, live.has(head.executionId), now()))
        .filter((run) => state === undefined || run.state === state);
      return { runs, cursor: heads.length > most ? (heads[most - 1]?.executionId ?? null) : null };
    },
    suspended: async () =>
      (await store.suspended()).map((head) => summaryOf(head, live.has(head.executionId), now())),
    close: () => alarms.allOff(),
    planOf: async (executionId) => (await known(executionId)).plan,
    gc: async (days) => {
      const ids = await store.forgetEndedBefore(now() - days * DAY_MS);
      if (stateDir !== undefined)
        for (const id of ids) rmSync(runDir(stateDir, id), { recursive: true, force: true });
      return ids.length;
    },
  };
}

const DAY_MS = 86_400_000;

function formerValue(input: string, given: JsonObject, { inputs }: Plan): Json | undefined {
  return given[input] ?? inputs[input]?.default;
}

interface LiveRun {
  readonly control: AbortController;
  readonly events: RunEvents;
  done: Promise<Result>;
}

/** Stands in for the answer until the run has begun; nobody can see it. */
const failedToStart = failure(
  new WwiseFlowError('INTERNAL', 'The run did not begin.', { hint: 'Run the workflow again.' }),
);

async function ended(
  done: Promise<unknown>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const over = new AbortController();
  const until = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  const late = delay(timeoutMs, undefined, { signal: until, ref: false }).catch(() => {});
  await Promise.race([done, late]);
  over.abort();
}
