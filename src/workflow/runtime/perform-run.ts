import { join } from 'node:path';
import { noEffectNotices } from '../../bus/overrides/no-effect-notice.ts';
import type { NoEffectYet } from '../../bus/overrides/no-effect-yet.ts';
import { failure, type Result, withNotices } from '../../bus/result.ts';
import { toWwiseFlowError, type WwiseFlowError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Plan } from '../compiler/plan.ts';
import { kindsOf } from '../nodes/catalog.ts';
import { leftBehind } from './broken-step.ts';
import { carryOut, rounded } from './carry-out.ts';
import { systemClock } from './clock.ts';
import { eventSink } from './events.ts';
import type { JournalledNode } from './journal/read-journal.ts';
import { openJournal } from './journal/run-journal.ts';
import type { Ending } from './ledger.ts';
import { createPaces } from './limits.ts';
import { noOriginalsWatch, watchOriginals } from './originals.ts';
import { createOutputs, DEFAULT_OUTPUT_CAP_BYTES } from './outputs.ts';
import type { Replanned } from './replan.ts';
import { type DoneNode, type RollbackReport, rollBack, seenOfBrokenOff } from './roll-back.ts';
import { resultOf, type Settled, stateOf, stopOf, suspendedResult } from './run-answer.ts';
import type { RunFrame } from './run-frame.ts';
import { forcedNodes, runInputs } from './run-options.ts';
import type { RunnerParts, RunOptions } from './run-request.ts';
import { timeLimit } from './time-limit.ts';
import { createUndoStep } from './undo-step.ts';
import { verifyAhead } from './verify-ahead.ts';

export interface RunRequest {
  readonly executionId: string;
  readonly plan: Plan;
  readonly options: RunOptions;
  /** For a run that goes on: what to do with each node, and where it stood. */
  readonly resumed?:
    | {
        readonly replanned: ReadonlyMap<string, Replanned>;
        readonly journal: ReadonlyMap<string, JournalledNode>;
      }
    | undefined;
}

export interface PerformedRun {
  readonly result: Result;
  /** True when everything this run changed now is the last step of Wwise's undo history. */
  readonly isUndoStep: boolean;
  /** When a suspended run is to go on; undefined when it ended. */
  readonly suspendedUntilMs?: number | undefined;
}

const DEFAULT_CONCURRENCY = 8;

/** Beyond this a wait suspends the run, and its undo step ends. In milliseconds. */
export const LONGEST_HELD_MS = 5_000;

/** Carries out one run from the check of its input to its answer, journalled all the way. Never rejects. */
export async function performRun(parts: RunnerParts, request: RunRequest): Promise<PerformedRun> {
  try {
    return await perform(parts, request);
  } catch (thrown) {
    return { result: failure(toWwiseFlowError(thrown)), isUndoStep: false };
  }
}

/** Where a run keeps its artifacts, inside the state directory. */
export function runDir(stateDir: string, executionId: string): string {
  return join(stateDir, 'runs', executionId);
}

async function perform(parts: RunnerParts, request: RunRequest): Promise<PerformedRun> {
  const { bus, log, store, stateDir, clock = systemClock } = parts;
  const now = () => clock.now();
  const { plan, options, executionId, resumed } = request;
  const { workflowId } = plan;
  const inputs = runInputs(plan, options.input);
  const isForced = forcedNodes(plan, options.forceRerun);
  const emit = eventSink(log, options.onEvent);
  const nodeCount = plan.nodes.length;
  const startedAtMs = now();
  const callsBefore = bus.waapiCallCount;
  const dir = stateDir === undefined ? undefined : runDir(stateDir, executionId);
  const kinds = kindsOf(bus);
  const limit = timeLimit(plan, options.signal);
  const caller = options.caller ?? null;
  const pace = (parts.paceOf ?? createPaces(undefined))(plan);
  const opened = { executionId, plan, input: options.input ?? null, caller, startedAtMs };
  const journal = await openJournal(store, { ...opened, isResumed: resumed !== undefined }, now, log);
  const hasSplits = plan.nodes.some(({ kind, input }) => kinds.find(kind)?.endsUndoStep?.(input) === true);
  const frame: RunFrame = {
    parts,
    plan,
    kinds,
    executionId,
    caller: options.caller,
    inputs,
    isForced,
    signal: limit.signal,
    pace: pace === undefined ? undefined : (work) => pace(work, limit.signal),
    concurrency: Math.max(1, options.concurrency ?? plan.concurrency ?? DEFAULT_CONCURRENCY),
    emit,
    journal,
    outputs: createOutputs(dir, parts.outputCapBytes ?? DEFAULT_OUTPUT_CAP_BYTES),
    undoStep: createUndoStep(plan, hasSplits, bus.project, log, limit.signal),
    originals:
      dir === undefined || bus.project === undefined
        ? noOriginalsWatch
        : watchOriginals(bus.project, dir, log),
    gatedWrites: [],
    replanned: resumed?.replanned,
    clock,
    now,
    // A run that nobody writes down cannot be taken up again.
    holdMs: store === undefined ? Number.POSITIVE_INFINITY : LONGEST_HELD_MS,
  };

  emit({ event: 'workflow.execution.start', executionId, workflowId, nodeCount, caller: options.caller });
  let settled: Settled;
  let ending: Ending;
  let without: readonly NoEffectYet[];
  try {
    for (const [node, { data }] of resumed?.replanned ?? [])
      if (data !== null) frame.outputs.adopt(node, data);
    await bus.lookAtFiles?.();
    await verifyAhead(frame);
    ending = await carryOut(frame);
    settled = await settle(frame, ending, request);
    without = settled.rollback === undefined ? await noEffectYet(frame) : [];
  } catch (thrown) {
    // A defect must leave neither an open undo group nor a run that seems to go on.
    await frame.undoStep.end();
    const failed = failure(toWwiseFlowError(thrown));
    await writeQuietly(() => journal.end('failed', failed), parts);
    return { result: failed, isUndoStep: false };
  } finally {
    limit.release();
  }
  const waapiCalls = bus.waapiCallCount - callsBefore;
  const durationMs = rounded(now() - startedAtMs);
  if (ending.suspended.size > 0) {
    const untilMs = Math.min(...[...ending.suspended.values()].map((awaits) => awaits.untilMs));
    const nodes = [...ending.suspended.keys()];
    emit({ event: 'workflow.execution.suspended', executionId, workflowId, nodeCount, nodes, untilMs });
    const project = await projectOf(parts);
    const result = suspendedResult(frame, ending, { waapiCalls, durationMs, untilMs, project });
    await writeQuietly(() => journal.suspend(untilMs, result), parts);
    return { result, isUndoStep: settled.isUndoStep && resumed === undefined, suspendedUntilMs: untilMs };
  }
  const { code, stopAt } = stopOf(ending, settled);
  const ok = code === null;
  const counts = { waapiCalls, durationMs };
  emit({
    event: 'workflow.execution.complete',
    executionId,
    workflowId,
    nodeCount,
    ok,
    code,
    stopAt,
    ...counts,
  });
  options.onNoEffectYet?.(without);
  const result = withNotices(resultOf(frame, ending, settled, limit, counts), noEffectNotices(without));
  await writeQuietly(() => journal.end(stateOf(result, settled.rollback), result), parts);
  return { result, isUndoStep: settled.isUndoStep && resumed === undefined };
}

/** A notice too few is better than a failure of what was done. */
async function noEffectYet({ parts, gatedWrites }: RunFrame): Promise<readonly NoEffectYet[]> {
  if (gatedWrites.length === 0) return [];
  try {
    return (await parts.bus.noEffectYet?.(gatedWrites)) ?? [];
  } catch (err) {
    parts.log.debug({ err }, 'Whether all values have an effect could not be asked');
    return [];
  }
}

/** Closes the run's undo group, or takes everything back. */
async function settle(frame: RunFrame, ending: Ending, { resumed }: RunRequest): Promise<Settled> {
  const { plan, parts, outputs, journal, executionId } = frame;
  const values = { output: (node: string) => outputs.read(node), inputs: frame.inputs };
  const done: DoneNode[] = plan.nodes.flatMap((node) => {
    const row = ending.rows.get(node.id);
    const earlier = resumed?.journal.get(node.id);
    const changed = ending.changed.has(node.id) || earlier?.changed === true;
    const isBrokenOff = row?.ok === false && changed && node.effect !== 'read' ? true : undefined;
    const output = row?.ok === true ? outputs.read(node.id) : isBrokenOff && {};
    if (output === undefined) return [];
    const changes = changesOf(ending, earlier, node.id);
    return [
      { node, output, changes: isBrokenOff ? seenOfBrokenOff(changes) : changes, changed, isBrokenOff },
    ];
  });
  if (ending.stop === undefined || plan.onError !== 'rollback') {
    const isUndoStep = await frame.undoStep.end();
    const whole = done.filter((one) => one.isBrokenOff !== true);
    const left = frame.undoStep.isBroken ? await leftBehind(whole, values, parts.bus) : undefined;
    return { left, rollback: undefined, isUndoStep };
  }
  const canRevert = parts.bus.project?.canTakeBack(done.filter(({ changed }) => changed)) === true;
  const isTakenBack = await frame.undoStep.cancel(canRevert);
  const rollback = await rollBack({
    plan,
    done,
    values,
    door: parts.bus.project,
    dir: parts.stateDir === undefined ? undefined : runDir(parts.stateDir, executionId),
    undo: async () => isTakenBack,
  }).catch((thrown: unknown) => unableToRollBack(done, toWwiseFlowError(thrown)));
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

/** Which project the run works on: only there may it go on by itself. Null where that cannot be told. */
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
