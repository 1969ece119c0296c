import { join } from 'node:path';
import type { WithoutEffect } from '../../core/backend/no-effect-yet.ts';
import { toWwiseFlowError, type WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { failure, type Result, success, withNotices } from '../../core/result.ts';
import { LARGEST_ROW_BYTES } from '../../core/stores/row-size.ts';
import { inSpan, spanHere } from '../../core/tracing.ts';
import type { Plan, PlanNode } from '../compiler/plan.ts';
import { createDialogues } from '../dialogue/dialogue-engine.ts';
import type { Values } from '../expressions/resolve.ts';
import { shownAwaited, wakeAtMsOf } from '../nodes/asking/question.ts';
import { kindsOf } from '../nodes/catalog.ts';
import { createRemote } from '../remote/remote.ts';
import { endStateOf, resultOf, type Settled, stopOf, suspendedResult } from './answers/run-answer.ts';
import { createQuestions, type Questions } from './asking/questions.ts';
import { verifyAhead } from './attempt/verify-ahead.ts';
import { systemClock } from './clock.ts';
import { eventSink } from './events/events.ts';
import { orderedEvents } from './events/once-written.ts';
import type { JournalledNode } from './journal/read-journal.ts';
import { openJournal } from './journal/run-journal.ts';
import { isLeftToAnother } from './left-to-another.ts';
import { livePlan } from './loops/live-plan.ts';
import type { Unrolled } from './loops/unroll.ts';
import { noOriginalsWatch, watchOriginals } from './originals/originals.ts';
import { looksAtProject, splits } from './plan-traits.ts';
import type { Replanned } from './resume/replan.ts';
import { leftBehind } from './roll-back/broken-step.ts';
import { type DoneNode, type RollbackReport, rollBack, seenOfBrokenOff } from './roll-back/roll-back.ts';
import { createUndoStep } from './roll-back/undo-step.ts';
import type { RunFrame } from './run-frame.ts';
import { forcedNodes, runInputs } from './run-options.ts';
import type { RunnerParts, RunOptions } from './run-request.ts';
import { executeNodes, rounded } from './schedule/execute-nodes.ts';
import type { Ending } from './schedule/ledger.ts';
import { createPaces } from './schedule/limits.ts';
import { timeLimit } from './schedule/time-limit.ts';
import { wasAsked } from './sessions/standing.ts';
import { watchMemory } from './usage/memory-watch.ts';
import { costsOfRun } from './usage/run-costs.ts';
import { readsOf } from './values/node-input.ts';
import { createOutputs } from './values/outputs.ts';
import { valuesAround } from './values/values-around.ts';

export interface RunRequest {
  readonly executionId: string;
  readonly plan: Plan;
  readonly options: RunOptions;
  /** Where answers come in; left out: none do. */
  readonly questions?: Questions | undefined;
  /** For a run that goes on: what to do with each node, and where it stood. */
  readonly resumed?:
    | {
        readonly replanned: ReadonlyMap<string, Replanned>;
        readonly journal: ReadonlyMap<string, JournalledNode>;
        readonly unrolled: ReadonlyMap<string, Unrolled>;
      }
    | undefined;
}

export interface ExecutedRun {
  readonly result: Result;
  /** True when everything this run changed now is the last step of the undo history. */
  readonly isUndoStep: boolean;
  /** What a suspended run waits for; undefined when it ended. */
  readonly suspended?: { readonly wakeAtMs: number | null; readonly questions: readonly string[] };
}

const DEFAULT_CONCURRENCY = 8;

/** Beyond this a wait suspends the run, and its undo step ends. In milliseconds. */
export const LONGEST_HELD_MS = 5_000;

/** Executes one run from the check of its input to its answer, journalled all the way. Never rejects. */
export async function executeRun(parts: RunnerParts, request: RunRequest): Promise<ExecutedRun> {
  try {
    const { executionId, plan } = request;
    const facts = { 'wwiseflow.execution_id': executionId, 'wwiseflow.nodes': plan.nodes.length };
    return await inSpan(`workflow ${plan.workflowId}`, facts, () => execute(parts, request));
  } catch (thrown) {
    return { result: failure(toWwiseFlowError(thrown)), isUndoStep: false };
  }
}

/** Where a run keeps copies of the Originals it overwrote, inside the state directory. */
export function runDir(stateDir: string, executionId: string): string {
  return join(stateDir, 'runs', executionId);
}

async function execute(parts: RunnerParts, request: RunRequest): Promise<ExecutedRun> {
  const { bus, log, store, stateDir, clock = systemClock } = parts;
  const now = () => clock.now();
  const { plan, options, executionId, resumed } = request;
  const { workflowId } = plan;
  const inputs = runInputs(plan, options.input);
  const isForced = forcedNodes(plan, options.forceRerun);
  const emit = eventSink(log, options.onEvent);
  const nodeCount = plan.nodes.length;
  const startedAtMs = now();
  const callsBefore = bus.callCount;
  const dir = stateDir === undefined ? undefined : runDir(stateDir, executionId);
  const capBytes = parts.outputCapBytes ?? LARGEST_ROW_BYTES;
  const kinds = kindsOf(bus);
  const limit = timeLimit(plan, options.signal);
  const caller = options.caller ?? null;
  const pace = (parts.paceOf ?? createPaces(undefined))(plan);
  const isPure = ({ kind }: PlanNode): boolean => kinds.find(kind)?.isPure === true;
  const asks = ({ kind }: PlanNode): boolean => kinds.find(kind)?.asks === true;
  const goesOn = { isResumed: resumed !== undefined, wasAsked: wasAsked(resumed?.journal) };
  const called = { executionId, plan, input: options.input ?? null, caller, signal: options.signal };
  const opened = { ...called, startedAtMs, ...goesOn, isPure, asks };
  const journal = await openJournal(store, opened, now, log, parts.sessions);
  const memory = watchMemory(now);
  const hasSplits = plan.nodes.some((node) => splits(node, kinds));
  const frame: RunFrame = {
    parts,
    plan,
    live: livePlan(plan),
    kinds,
    executionId,
    caller: options.caller,
    inputs,
    around: valuesAround(plan, parts),
    isForced,
    signal: limit.signal,
    pace: pace === undefined ? undefined : (work) => pace(work, limit.signal),
    concurrency: Math.max(1, options.concurrency ?? plan.concurrency ?? DEFAULT_CONCURRENCY),
    ...orderedEvents(emit, journal),
    journal,
    remote: parts.remote ?? createRemote({ secret: parts.expressions?.secret }),
    notes: notesOf(resumed?.replanned),
    dialogues: parts.dialogues ?? createDialogues(),
    questions: request.questions ?? createQuestions([], () => 0, now),
    outputs: createOutputs({ executionId, artifacts: parts.artifacts, dir, capBytes }),
    undoStep: createUndoStep(plan, hasSplits, bus.project, log, limit.signal),
    originals:
      dir === undefined || bus.project === undefined
        ? noOriginalsWatch
        : watchOriginals(bus.project, dir, log),
    gatedWrites: [],
    replanned: resumed?.replanned,
    unrolled: resumed?.unrolled ?? new Map(),
    span: spanHere(),
    clock,
    now,
    memory,
    // A run that nobody writes down cannot be taken up again.
    holdMs: store === undefined ? Number.POSITIVE_INFINITY : LONGEST_HELD_MS,
  };

  emit({ event: 'workflow.execution.start', executionId, workflowId, nodeCount, caller: options.caller });
  let settled: Settled;
  let ending: Ending;
  let without: WithoutEffect;
  try {
    for (const [node, { kept }] of resumed?.replanned ?? [])
      if (kept !== null) frame.outputs.adopt(node, kept);
    // To look at every file takes longer than all of a run that only asks.
    if (plan.nodes.some(looksAtProject)) await bus.lookAtFiles?.();
    await verifyAhead(frame);
    ending = await executeNodes(frame);
    settled = await settle(frame, ending, request);
    without = settled.rollback === undefined ? await withoutEffect(frame) : allHaveEffect;
  } catch (thrown) {
    // A defect must leave neither an open undo group nor a run that seems to go on.
    await frame.undoStep.end();
    const failed = failure(toWwiseFlowError(thrown));
    await writeQuietly(() => journal.end('failed', failed), parts);
    return { result: failed, isUndoStep: false };
  } finally {
    limit.release();
    memory.release();
  }
  const waapiCalls = bus.callCount - callsBefore;
  const durationMs = rounded(now() - startedAtMs);
  const { peakBytes: peakMemoryBytes } = memory;
  if (ending.suspended.size > 0) {
    const wakes = [...ending.suspended.values()].flatMap((awaited) => wakeAtMsOf(awaited) ?? []);
    const untilMs = wakes.length === 0 ? null : Math.min(...wakes);
    const nodes = [...ending.suspended.keys()];
    const waiting = questionsOf(ending);
    const head = { executionId, workflowId, nodeCount };
    await confirmed(parts, success({}));
    const project = await projectOf(parts);
    const unsavedFiles = parts.unsavedFiles?.() ?? [];
    const how = { waapiCalls, durationMs, peakMemoryBytes, untilMs, project, unsavedFiles };
    const result = suspendedResult(frame, ending, how);
    const waits = { wakeAtMs: untilMs, waiting: waiting.length === 0 ? null : waiting };
    try {
      await journal.suspend(waits, result);
    } catch (thrown) {
      // Who is asked must be sure that the answer finds the run.
      return { result: failure(toWwiseFlowError(thrown)), isUndoStep: false };
    }
    // Nobody hears of a question before it is kept for good.
    emit({ event: 'workflow.execution.suspended', ...head, nodes, untilMs, waiting });
    const questions = waiting.map(({ question }) => String(question));
    const isUndoStep = settled.isUndoStep && resumed === undefined;
    return { result, isUndoStep, suspended: { wakeAtMs: untilMs, questions } };
  }
  const stopped = stopOf(ending, settled);
  const kept = stopped.code === null ? await confirmed(parts, success({})) : success({});
  const { code, stopAt } = kept.ok ? stopped : { code: kept.code, stopAt: null };
  const counts = { waapiCalls, durationMs, peakMemoryBytes };
  const costs = costsOfRun(ending.rows, resumed?.replanned);
  options.onNoEffectYet?.(without.found);
  const result = kept.ok
    ? withNotices(resultOf(frame, ending, settled, limit, counts), without.notices)
    : kept;
  await writeQuietly(() => journal.end(endStateOf(result, settled.rollback), result), parts);
  const how = { ok: code === null, code, stopAt, waapiCalls, durationMs, costs };
  emit({ event: 'workflow.execution.complete', executionId, workflowId, nodeCount, ...how });
  return { result, isUndoStep: settled.isUndoStep && resumed === undefined };
}

/** What nodes noted before the run was cut off. */
function notesOf(replanned: ReadonlyMap<string, Replanned> | undefined): Map<string, readonly JsonObject[]> {
  return new Map([...(replanned ?? [])].map(([node, { notes }]) => [node, notes]));
}

/** What the nodes that are suspended ask. */
function questionsOf({ suspended }: Ending): readonly JsonObject[] {
  return [...suspended].flatMap(([node, awaited]) =>
    awaited.for === 'answer' ? [{ node, ...shownAwaited(awaited) }] : [],
  );
}

/** Has what the run did kept for good before its end is recorded. */
async function confirmed({ confirmEnd }: RunnerParts, done: Result): Promise<Result> {
  try {
    await confirmEnd?.();
    return done;
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}

/** A notice too few is better than a failure of what was done. */
async function withoutEffect({ parts, gatedWrites }: RunFrame): Promise<WithoutEffect> {
  if (gatedWrites.length === 0) return allHaveEffect;
  try {
    return (await parts.bus.noEffectYet?.(gatedWrites)) ?? allHaveEffect;
  } catch (err) {
    parts.log.debug({ err }, 'Whether all values have an effect could not be asked');
    return allHaveEffect;
  }
}

const allHaveEffect: WithoutEffect = { found: [], notices: [] };

/** Closes the run's undo group, or takes everything back. */
async function settle(frame: RunFrame, ending: Ending, { resumed, options }: RunRequest): Promise<Settled> {
  const { parts, outputs, journal, executionId } = frame;
  const plan = frame.live.whole();
  const inRows: Values = { output: outputs.read, inputs: frame.inputs, around: frame.around };
  const hasChanged = (id: string) => ending.changed.has(id) || resumed?.journal.get(id)?.changed === true;
  /** With what the nodes that changed something gave, and what these read. */
  const readable = async () =>
    outputs.valuesFor(() => {
      const changing = plan.nodes.filter(({ id }) => hasChanged(id));
      return changing.flatMap((node) => [node.id, ...readsOf(node)]);
    }, inRows);
  const doneNodes = ({ output }: Values): DoneNode[] =>
    plan.nodes.flatMap((node) => {
      const row = ending.rows.get(node.id);
      const changed = hasChanged(node.id);
      const isBrokenOff = row?.ok === false && changed && node.effect !== 'read' ? true : undefined;
      if (row?.ok !== true && isBrokenOff === undefined) return [];
      const given = row?.ok === true ? (output(node.id) ?? {}) : {};
      const all = changesOf(ending, resumed?.journal.get(node.id), node.id);
      const changes = isBrokenOff ? seenOfBrokenOff(all) : all;
      return [{ node, output: given, changes, changed, isBrokenOff }];
    });
  const isWanted = plan.onError === 'rollback' && !isLeftToAnother(options.signal);
  if (ending.stop === undefined || !isWanted) {
    const isUndoStep = await frame.undoStep.end();
    if (!frame.undoStep.isBroken) return { left: undefined, rollback: undefined, isUndoStep };
    const values = await readable().catch(() => inRows);
    const whole = doneNodes(values).filter((one) => one.isBrokenOff !== true);
    return { left: await leftBehind(whole, values, parts.bus), rollback: undefined, isUndoStep };
  }
  const done = doneNodes(inRows);
  const canRevert = parts.bus.project?.canRollBack(done.filter(({ changed }) => changed)) === true;
  const isRolledBack = await frame.undoStep.cancel(canRevert);
  const dir = parts.stateDir === undefined ? undefined : runDir(parts.stateDir, executionId);
  const undo = async () => isRolledBack;
  const rollback = await readable()
    .then((values) =>
      rollBack({ plan, done: doneNodes(values), values, undoable: parts.bus.project, dir, undo }),
    )
    .catch((thrown: unknown) => unableToRollBack(done, toWwiseFlowError(thrown)));
  const rolledBack = new Set(rollback.rolledBack);
  for (const node of plan.nodes) if (rolledBack.has(node.id)) journal.rolledBack(node);
  await journal.flush();
  return { left: undefined, rollback, isUndoStep: false };
}

/** What a node changed in this part of the run and in earlier ones, where all of that was recorded. */
function changesOf(ending: Ending, earlier: JournalledNode | undefined, id: string) {
  const former = earlier === undefined ? [] : earlier.changes;
  if (!ending.changed.has(id)) return former;
  const more = ending.changed.get(id);
  return former === undefined || more === undefined ? undefined : [...former, ...more];
}

function unableToRollBack(done: readonly DoneNode[], error: WwiseFlowError): RollbackReport {
  const changed = done.filter((node) => node.changed);
  return {
    how: 'nothing',
    rolledBack: [],
    notRolledBack: changed.map(({ node }) => ({ node: node.id, why: error.message })),
    removedFiles: [],
    restoredFiles: [],
    verified: false,
  };
}

/** Which project the run works on: only there may it go on by itself. Null where that is not known. */
async function projectOf({ bus }: RunnerParts): Promise<JsonObject | null> {
  try {
    const facts = await bus.project?.facts();
    return facts === undefined ? null : { id: facts.id, name: facts.name };
  } catch {
    return null;
  }
}

/** The answer of a run is worth more than its record. */
async function writeQuietly(write: () => Promise<void>, { log }: RunnerParts): Promise<void> {
  try {
    await write();
  } catch (err) {
    log.warn({ err }, 'The end of a run could not be journalled.');
  }
}
