import type { JsonObject } from '../../../core/json.ts';
import { type Failure, type Result, success, withNotices } from '../../../core/result.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { shownAwaited } from '../../nodes/asking/question.ts';
import { brokenRun, type LeftBehind } from '../roll-back/broken-step.ts';
import type { RollbackReport } from '../roll-back/roll-back.ts';
import type { RunFrame } from '../run-frame.ts';
import type { Ending } from '../schedule/ledger.ts';
import type { TimeLimit } from '../schedule/time-limit.ts';
import { costsOfRun, type RunCost } from '../usage/run-costs.ts';

/** How the project was left once the last node had ended. */
export interface Settled {
  /** Set when the link broke while the undo group was open, and nothing was to be rolled back. */
  readonly left: LeftBehind | undefined;
  readonly rollback: RollbackReport | undefined;
  readonly isUndoStep: boolean;
}

/** Why the run did not succeed; nulls when it did. */
export function stopOf({ stop }: Ending, { left }: Settled) {
  const code = stop?.failed.code ?? (left === undefined ? null : 'OUTCOME_UNKNOWN');
  return { code, stopAt: stop?.node.id ?? null };
}

/** The answer of a run: its rows when it succeeded, else the failure of the node it stopped at with them as details. */
export function resultOf(
  { plan, live, executionId, originals, replanned }: RunFrame,
  { stop, rows, tolerated, endedBy, skipped: notRun }: Ending,
  { left, rollback }: Settled,
  limit: TimeLimit,
  counts: RunCounts,
): Result {
  const { workflowId, planHash } = plan;
  const answer = {
    executionId,
    workflowId,
    planHash,
    results: [...rows.values()],
    ...messagesOf(rows),
    ...costsIn(rows, replanned),
    ...counts,
    ...notPreviewed(notRun),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(tolerated.length === 0 ? {} : { failed: tolerated }),
    ...(originals.left.length === 0 ? {} : { leftInOriginals: [...originals.left] }),
  };
  const skipped = live.nodes().flatMap(({ id }) => (notRun.has(id) ? [id] : []));
  if (stop === undefined) {
    if (left !== undefined) return brokenRun(left, answer);
    return success({ ...answer, ...(skipped.length === 0 ? {} : { skipped }) });
  }
  return stoppedRun(stop.node, limit.explain(stop.failed), {
    ...answer,
    stopped: plan.onError !== 'continue' || stop.failed.code === 'CANCELLED',
    stopAt: stop.node.id,
    skipped,
    ...(left === undefined ? {} : { undoStepBroken: left }),
    ...(rollback === undefined ? {} : rollbackMembers(rollback)),
  });
}

/** The answer of a run that waits: what was done so far, for what it waits, and until when. */
export function suspendedResult(
  { plan, live, executionId, originals, replanned }: RunFrame,
  { rows, suspended, tolerated }: Ending,
  {
    untilMs,
    project,
    unsavedFiles,
    ...counts
  }: RunCounts & {
    readonly untilMs: number | null;
    readonly project: JsonObject | null;
    /** Files with unsaved edits. */
    readonly unsavedFiles: readonly string[];
  },
): Result {
  const { workflowId, planHash } = plan;
  const waiting = live.nodes().flatMap(({ id: node }) => {
    const awaits = suspended.get(node);
    return awaits === undefined ? [] : [{ node, ...shownAwaited(awaits) }];
  });
  const answer = {
    executionId,
    workflowId,
    planHash,
    state: 'suspended',
    untilMs,
    suspended: waiting,
    ...(project === null ? {} : { project }),
    ...(unsavedFiles.length === 0 ? {} : { unsavedFiles: [...unsavedFiles] }),
    results: [...rows.values()],
    ...messagesOf(rows),
    ...costsIn(rows, replanned),
    ...counts,
    ...(tolerated.length === 0 ? {} : { failed: tolerated }),
    ...(originals.left.length === 0 ? {} : { leftInOriginals: [...originals.left] }),
  };
  const unsaved = `${unsavedFiles.length} ${unsavedFiles.length === 1 ? 'file is' : 'files are'} not saved: should this process end before, what the run did is looked for when it goes on, and what is gone is done again.`;
  const asks = [...suspended.values()].some((awaited) => awaited.for === 'answer');
  return withNotices(success(answer), [
    ...(asks
      ? [
          'The run waits for an answer: give it by workflow_answer (wwiseflow answer) with the executionId, now or after a restart.',
        ]
      : []),
    ...(untilMs === null
      ? []
      : [
          `The run is suspended until ${new Date(untilMs).toISOString()}. It goes on by itself while this process is there, otherwise when it is resumed (workflow_resume, wwiseflow resume) from then on.`,
        ]),
    ...(unsavedFiles.length === 0 ? [] : [unsaved]),
  ]);
}

/** What a run took. */
export interface RunCounts {
  readonly waapiCalls: number;
  readonly durationMs: number;
  /** The most memory the process had in use meanwhile. */
  readonly peakMemoryBytes: number;
}

/** What it cost, where a node has a price. */
function costsIn(
  rows: Ending['rows'],
  before: RunFrame['replanned'],
): { readonly costs?: readonly RunCost[] } {
  const costs = costsOfRun(rows, before);
  return costs.length === 0 ? {} : { costs };
}

/** In a preview: the nodes that ask somebody outside, which a run would execute. */
function notPreviewed(skipped: Ending['skipped']): { readonly notPreviewed?: readonly string[] } {
  const left = [...skipped].flatMap(([id, why]) =>
    why.reason === 'not-previewed' && why.after.length === 0 ? [id] : [],
  );
  return left.length === 0 ? {} : { notPreviewed: left };
}

/** What the nodes said to the person who follows the run, in plan order. */
function messagesOf(rows: Ending['rows']): { readonly messages?: readonly Message[] } {
  const messages = [...rows.values()].flatMap((row) =>
    row.ok && row.said !== undefined ? row.said.map((text) => ({ node: row.node, text })) : [],
  );
  return messages.length === 0 ? {} : { messages };
}

type Message = { readonly node: string; readonly text: string };

/** What the journal calls the end of a run. */
export function endStateOf(result: Result, rollback: RollbackReport | undefined): string {
  if (result.ok) return 'done';
  if (rollback?.verified === true) return 'rolledBack';
  return result.code === 'CANCELLED' ? 'cancelled' : 'failed';
}

function stoppedRun({ id, type }: PlanNode, failed: Failure, details: JsonObject): Failure {
  return { ...failed, error: `Node ${id} (${type}): ${failed.error}`, details };
}

function rollbackMembers({ rolledBack, notRolledBack, ...rest }: RollbackReport): JsonObject {
  return { rolledBack, notRolledBack, rollback: rest };
}
