import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonObject } from '../../core/json.ts';
import { failure, type Result, success } from '../../core/result.ts';
import type { AnswerRecord, RunRecord, RunStore } from '../../core/stores/run-store.ts';
import type { Plan, PlanNode } from '../compiler/plan.ts';
import { kindsOf } from '../nodes/catalog.ts';
import { unknownKind } from '../nodes/command-kind.ts';
import { createRunList, type RunList } from './answers/list-runs.ts';
import { createRunReader, type RunReader } from './answers/run-reader.ts';
import { type AnswerOptions, answerRun, hasAnswer } from './asking/answer-run.ts';
import type { GivenAnswer } from './asking/question-of-answer.ts';
import { createQuestions, type Questions } from './asking/questions.ts';
import { systemClock } from './clock.ts';
import { eventSink, type OnRunEvent } from './events/events.ts';
import { createRunEvents, type RunEvents, type RunSubscription, replayEvents } from './events/run-events.ts';
import { type ExecutedRun, executeRun, type RunRequest } from './execute-run.ts';
import { newExecutionId } from './execution-id.ts';
import { readPlan } from './journal/read-plan.ts';
import { processToken } from './journal/run-journal.ts';
import { type RunStatus, statusOf, summaryOf, withProgress } from './journal/run-status.ts';
import { knownRun } from './known-run.ts';
import { isCancelled, leftToAnother } from './left-to-another.ts';
import { readUnrolled, stillUnrolled, unrolledPlan, withLoops } from './loops/read-unrolled.ts';
import { createAlarms } from './resume/alarms.ts';
import { changedInputsOf, replan } from './resume/replan.ts';
import { checkSuspendedIn, nothingToResume, planChanged, stillGoingOn } from './resume/resume-refusals.ts';
import { cancelledEvent, cancelledResult, mayHaveLost } from './resume/suspended-run.ts';
import { trustJournal } from './resume/trust-journal.ts';
import { forgetRuns } from './retention/forget-runs.ts';
import { rollBackLater } from './roll-back/roll-back-later.ts';
import { runInputs } from './run-options.ts';
import type { RunnerParts, RunOptions, SharedLimits } from './run-request.ts';
import { concurrencyLimit, createPaces, MOST_READS_AT_ONCE } from './schedule/limits.ts';
import { waitAtMost } from './schedule/wait-at-most.ts';
import type { KeptSessions } from './sessions/sessions.ts';
import { wasAsked } from './sessions/standing.ts';
import { createStandings } from './sessions/standings.ts';
import { failedToStart, type ResumeOptions, type StartedRun } from './started-run.ts';

export type { NodeState } from './journal/read-journal.ts';
export type { NodeStatus, RunStatus, RunSummary } from './journal/run-status.ts';
export type { ResumeOptions, StartedRun } from './started-run.ts';

/**
 * The runs of this state directory, those of earlier processes included.
 * Every method that takes an executionId rejects with RUN_NOT_FOUND for an unknown one, with the nearest known.
 */
export interface Runs extends RunList, RunReader {
  /** Starts a run in the background. Throws nothing: a refused input is the Result of `done`. */
  start(plan: Plan, options?: RunOptions & { readonly executionId?: string | undefined }): StartedRun;
  /** An id that no run has. */
  newId(): string;
  status(executionId: string): Promise<RunStatus>;
  /** Resolves when the run has ended, when `timeoutMs` have passed, or when the signal aborts. */
  wait(executionId: string, timeoutMs: number, signal?: AbortSignal): Promise<RunStatus>;
  /** Stops a run of this process; one that has ended stays as it is. `isLeft`: another process goes on with it. */
  cancel(executionId: string, how?: { readonly isLeft?: boolean }): Promise<RunStatus>;
  /**
   * Goes on with a run that failed, was cancelled, interrupted or is suspended, under the same executionId; with from, only or force also
   * with one that is done. Rejects with INVALID_INPUT while it is running, and when the workflow changed.
   */
  resume(executionId: string, options?: ResumeOptions): Promise<StartedRun>;
  /**
   * Answers what a run asks, once: the answer is kept, power-safe, before anything follows from it. The run goes on where this
   * process can go on with it. Rejects with ALREADY_ANSWERED where another answer was first, and with INVALID_INPUT for an answer
   * that is for no question of the run or does not fit its schema.
   */
  answer(executionId: string, given: GivenAnswer, options?: AnswerOptions): Promise<StartedRun>;
  /**
   * Rolls back what a finished run did: by undo while it is still the last step, else step by step.
   * Success: data `{ executionId, how, rolledBack, notRolledBack, removedFiles, restoredFiles, verified }`.
   */
  rollback(executionId: string, signal?: AbortSignal): Promise<Result>;
  /** Sends a listener the events of a run so far, and each as it comes; see WorkflowService. */
  events(executionId: string, listener: OnRunEvent): Promise<RunSubscription>;
  /** Calls off what would go on by itself. */
  close(): void;
  /** Forgets runs that ended more than `days` ago, with their artifacts, and artifacts that no run names; gives the counts. */
  gc(days: number, mostBytes?: number): Promise<{ readonly runs: number; readonly artifacts: number }>;
}

export interface RunsParts extends Omit<RunnerParts, 'sessions'> {
  /** Hears the events of every run that this process executes. */
  readonly onEvent?: OnRunEvent | undefined;
  readonly store: RunStore;
  /** Where runs that ask stand; left out: their journal alone says it. */
  readonly sessions?: KeptSessions | undefined;
  readonly limits?: SharedLimits | undefined;
  /** Goes on with a run that was answered, where other processes execute the runs. */
  readonly resumeAnswered?: Runs['resume'] | undefined;
  /** Called with a suspended run that somebody resumed, ended or rolls back here. */
  readonly onClaimed?: ((executionId: string) => void) | undefined;
}

/** Runs over a bus and a journal. */
export function createRuns(whole: RunsParts): Runs {
  const { limits = {}, resumeAnswered, onClaimed, onEvent, sessions, ...given } = whole;
  const { maxConcurrency = MOST_READS_AT_ONCE, maxPerSecond } = limits;
  const { store, bus, log, clock = systemClock } = given;
  const now = () => clock.now();
  const standings = createStandings(store, sessions, now);
  const limited = { reads: concurrencyLimit(maxConcurrency), paceOf: createPaces(maxPerSecond) };
  const parts = { ...limited, ...given, sessions: standings.kept };
  const live = new Map<string, LiveRun>();
  const alarms = createAlarms(clock);
  /** Of the runs that this process suspended: who listens is sent the rest when they go on here. */
  const suspendedEvents = new Map<string, RunEvents>();
  const endEvents = (executionId: string): void => {
    suspendedEvents.get(executionId)?.end();
    suspendedEvents.delete(executionId);
  };
  const kinds = kindsOf(bus);
  const replayOf = ({ kind }: PlanNode) => (kinds.find(kind) ?? unknownKind(kind)).replay;
  /** The last run that ended as a step of the undo history, and the count of changes at that moment. */
  let lastStep: { readonly executionId: string; readonly changeCount: number } | undefined;

  const begin = (
    request: Omit<RunRequest, 'questions'>,
    answers: readonly AnswerRecord[] = [],
  ): StartedRun => {
    const { executionId, options, resumed } = request;
    const asked = (node: string): number => resumed?.journal.get(node)?.asked ?? 0;
    const questions = createQuestions(answers, asked, now);
    const control = new AbortController();
    const known = suspendedEvents.get(executionId);
    const events = known ?? createRunEvents(parts.log);
    if (known === undefined && onEvent !== undefined) events.follow(onEvent);
    suspendedEvents.delete(executionId);
    if (options.onEvent !== undefined) events.follow(options.onEvent);
    if (wasAsked(resumed?.journal)) events.follow(standings.listener(executionId));
    const signal =
      options.signal === undefined ? control.signal : AbortSignal.any([options.signal, control.signal]);
    const execute = async (): Promise<Result> => {
      const { isUndoStep, result, suspended }: ExecutedRun = await executeRun(parts, {
        ...{ ...request, questions },
        options: { ...options, signal, onEvent: events.emit },
      });
      live.delete(executionId);
      if (isUndoStep) lastStep = { executionId, changeCount: bus.project?.changeCount ?? 0 };
      if (suspended === undefined) events.end();
      else {
        suspendedEvents.set(executionId, events);
        const goOnWhen = async (): Promise<void> => void (await wake(executionId));
        if (isCancelled(control.signal)) await cancelSuspended(await knownRun(store, executionId));
        else if (suspended.wakeAtMs !== null) alarms.set(executionId, suspended.wakeAtMs, goOnWhen);
        // An answer that came while the run was being suspended found nobody to take it.
        if (await hasAnswer(store, executionId, suspended.questions))
          return (await (await wake(executionId))?.done) ?? result;
      }
      return result;
    };
    const run: LiveRun = { control, events, questions, done: Promise.resolve(failedToStart) };
    live.set(executionId, run);
    run.done = execute();
    return { executionId, done: run.done };
  };

  const known = (executionId: string): Promise<RunRecord> => knownRun(store, executionId);

  const status = async (executionId: string): Promise<RunStatus> => {
    const record = await known(executionId);
    const { nodes } = await standings.of(executionId);
    const run = live.get(executionId);
    return withProgress(statusOf(record, nodes, run !== undefined, now()), run?.events.progress);
  };

  const checkIdle = (record: RunRecord, takeOver: boolean): void => {
    const isLive = live.has(record.executionId);
    const { state } = summaryOf({ ...record, code: null, error: null, hasBegun: true }, isLive, now());
    if (state !== 'running' || (takeOver && !isLive)) return;
    throw stillGoingOn(record, isLive);
  };

  /** Makes a suspended run this process's to go on with, or to end. */
  const claim = async ({ executionId }: RunRecord): Promise<boolean> => {
    alarms.off(executionId);
    const isClaimed = await store.claim(executionId, processToken);
    if (isClaimed) onClaimed?.(executionId);
    return isClaimed;
  };

  const wake = async (executionId: string): Promise<StartedRun | undefined> => {
    try {
      const record = await known(executionId);
      if (record.state === 'suspended') await checkSuspendedIn(record, bus);
      if (record.state !== 'suspended' || !(await claim(record))) {
        // Where another process was first, what becomes of the run is heard there.
        if ((await store.head(executionId))?.owner !== processToken) endEvents(executionId);
        return undefined;
      }
      return await goOn(record, {}, { isWaking: true });
    } catch (thrown) {
      const reason = toWwiseFlowError(thrown).message;
      log.warn({ executionId, reason }, 'A suspended run is due and could not go on: resume it.');
      return undefined;
    }
  };

  const cancelSuspended = async (record: RunRecord): Promise<void> => {
    const { executionId } = record;
    if (!(await claim(record))) throw stillGoingOn(record, live.has(executionId));
    const session = record.waiting === null ? undefined : await standings.kept?.sessionOf(executionId);
    await Promise.all([
      store.end(executionId, 'cancelled', now(), { ...cancelledResult(record) }),
      ...(session === undefined ? [] : [standings.kept?.finish(session, now())]),
    ]);
    const emit = eventSink(log, suspendedEvents.get(executionId)?.emit);
    emit(cancelledEvent(record, now()));
    endEvents(executionId);
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
      await checkSuspendedIn(record, bus);
      if (!isWhole || options.plan !== undefined) {
        const { plan: wanted, input } = await planToGoOn(record, options, false);
        runInputs(wanted, input);
      }
      if (!(await claim(record))) throw stillGoingOn(record, live.has(executionId));
    } else checkIdle(record, options.takeOver === true);
    const isAsItWas = record.owner === processToken || !mayHaveLost(record);
    const isWaking = record.state === 'suspended' && isWhole && options.plan === undefined && isAsItWas;
    return goOn(record, options, { isWaking });
  };

  /** What becomes of each node. Rejects with INVALID_INPUT for nodes the plan does not have. */
  const planToGoOn = async (record: RunRecord, options: ResumeOptions, isWaking: boolean) => {
    const { from, only, force } = options;
    const former = readPlan(record);
    const plan = options.plan ?? former;
    const { nodes: journal } = await standings.of(record.executionId);
    const given = asJsonObject(record.input);
    const input = options.input === undefined ? (record.input ?? undefined) : { ...given, ...options.input };
    const changedInputs = changedInputsOf(options.input ?? {}, given, former);
    const all = await readUnrolled(journal, parts.artifacts);
    const [wholePlan, wholeFormer] = [unrolledPlan(plan, all), unrolledPlan(former, all)];
    const planned = replan(wholePlan, journal, {
      ...{ from, force },
      only: only && withLoops(only, wholePlan),
      former: plan === former ? undefined : wholeFormer,
      ...{ changedInputs, replayOf, isWaking },
      // A process that died before the run had ended changes nothing of a dialogue that had: nobody is asked anew.
      isOver: ({ kind }, { code }) =>
        record.state === 'running' && code === 'RUN_ENDED' && kinds.find(kind)?.asks === true,
    });
    const unrolled = stillUnrolled(all, planned, from === undefined ? [] : withLoops([from], wholePlan));
    return { plan, whole: wholePlan, journal, input, planned, unrolled };
  };

  const goOn = async (
    record: RunRecord,
    options: ResumeOptions,
    { isWaking }: { readonly isWaking: boolean },
  ): Promise<StartedRun> => {
    const { executionId } = record;
    const { onEvent, signal, concurrency } = options;
    const { plan, whole, journal, input, planned, unrolled } = await planToGoOn(record, options, isWaking);
    const replanned = await trustJournal(planned, { plan: whole, journal, project: bus.project, kinds });
    const caller = options.caller ?? record.caller ?? undefined;
    const wanted = { input, onEvent, signal, concurrency, caller };
    const answers = await store.answers(executionId);
    return begin({ executionId, plan, options: wanted, resumed: { replanned, journal, unrolled } }, answers);
  };

  return {
    start: (plan, { executionId = newExecutionId(now()), ...options } = {}) =>
      begin({ executionId, plan, options }),
    newId: () => newExecutionId(now()),
    status,
    wait: async (executionId, timeoutMs, signal) => {
      const untilMs = performance.now() + timeoutMs;
      for (;;) {
        const over = live.get(executionId)?.done ?? alarms.rung(executionId);
        const leftMs = untilMs - performance.now();
        if (over === undefined || leftMs <= 0 || signal?.aborted === true) break;
        await waitAtMost(over, leftMs, signal);
      }
      return status(executionId);
    },
    cancel: async (executionId, { isLeft = false } = {}) => {
      const run = live.get(executionId);
      run?.control.abort(isLeft ? leftToAnother : undefined);
      const record = await known(executionId);
      // One that had suspended itself before it heard of this is cancelled by the time it is done.
      if (record.state === 'suspended' && !isLeft) await (run?.done ?? cancelSuspended(record));
      else if (run === undefined) checkIdle(record, false);
      return status(executionId);
    },
    resume,
    answer: (executionId, answered, options = {}) =>
      answerRun(executionId, answered, options, {
        ...{ store, standings, artifacts: parts.artifacts, known, resume: resumeAnswered ?? resume, now },
        asks: ({ kind }) => kinds.find(kind)?.asks === true,
        toLive: (id, answer, { onEvent: listener }) => {
          const run = live.get(id);
          if (run !== undefined && listener !== undefined) run.events.follow(listener);
          run?.questions.put(answer);
          return run && { executionId: id, done: run.done };
        },
      }),
    rollback: async (executionId) => {
      try {
        const suspended = await known(executionId);
        checkIdle(suspended, false);
        readPlan(suspended);
        // It must not go on with what is being rolled back.
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
      const events = live.get(executionId)?.events ?? suspendedEvents.get(executionId);
      if (events !== undefined) return events.subscribe(listener);
      const record = await known(executionId);
      return replayEvents(record, await store.transitions(executionId), listener, parts.log);
    },
    ...createRunList(store, (executionId) => live.has(executionId), now),
    close: () => {
      alarms.allOff();
      for (const executionId of [...suspendedEvents.keys()]) endEvents(executionId);
    },
    ...createRunReader(parts, known, standings.of),
    gc: (days, mostBytes) => forgetRuns(parts, days, (id) => live.has(id), now(), mostBytes),
  };
}

interface LiveRun {
  readonly control: AbortController;
  readonly events: RunEvents;
  readonly questions: Questions;
  done: Promise<Result>;
}
