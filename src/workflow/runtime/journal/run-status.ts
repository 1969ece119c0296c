import { hostname } from 'node:os';
import { kill, pid } from 'node:process';
import type { ErrorCode } from '../../../core/errors.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { MemoState, Result } from '../../../core/result.ts';
import { type RunState, runStates } from '../../../core/run-states.ts';
import type { RunHead, RunRecord } from '../../../core/stores/run-store.ts';
import type { PlanNode } from '../../compiler/plan.ts';
import { type ShownAwaited, shownAwaited } from '../../nodes/asking/question.ts';
import { unrolledIn, unrolledPlan } from '../loops/read-unrolled.ts';
import { collectedIn } from '../sessions/standing.ts';
import { isErrorCode, type JournalledNode, type NodeState } from './read-journal.ts';
import { readPlan } from './read-plan.ts';
import type { SkipReason } from './skip-reason.ts';

export type NodeStatus = {
  readonly node: string;
  readonly type: string;
  readonly state: NodeState;
  /** When it began and how long it took, in milliseconds; null when it has not begun or ended. */
  readonly startedAtMs: number | null;
  readonly durationMs: number | null;
  readonly memo: MemoState | null;
  readonly code: ErrorCode | null;
  readonly error: string | null;
  /** How far it is, in its own words, while this process executes it. */
  readonly progress?: string;
  /** What it waits for, when it is suspended. */
  readonly awaits?: ShownAwaited;
  /** Why it was skipped, when the journal has it. */
  readonly skip?: SkipReason;
};

export type RunSummary = {
  readonly executionId: string;
  readonly workflowId: string;
  readonly name: string | null;
  readonly planHash: string;
  readonly caller: string | null;
  readonly state: RunState;
  readonly code: ErrorCode | null;
  readonly error: string | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  /** False: it goes on, and nothing of a node of it is in the journal yet. */
  readonly hasBegun?: boolean;
  /** When it goes on, of a suspended one. */
  readonly untilMs?: number;
  /** What a suspended one asks, whom, since when and until when. */
  readonly waiting?: readonly JsonObject[];
  /** So far, when it has not ended. */
  readonly durationMs: number;
};

export type RunStatus = RunSummary & {
  /** Nodes that have come to an end, of all, 0 to 100. */
  readonly percent: number;
  readonly counts: Readonly<Record<NodeState, number>>;
  /** In plan order. */
  readonly nodes: readonly NodeStatus[];
  /** What persons gave so far, by the node that asked them; left out where nobody was asked. */
  readonly collected?: JsonObject;
  /** The answer, as `run` gave it; null while it goes on. */
  readonly result: Result | null;
};

/** A journalled run as a reader wants it. `isLive`: this process executes it. Throws JOURNAL_UNREADABLE. */
export function statusOf(
  record: RunRecord,
  journal: ReadonlyMap<string, JournalledNode>,
  isLive: boolean,
  nowMs: number,
): RunStatus {
  const result = asResult(record.result);
  const hasBegun = journal.size > 0;
  const head = { ...record, code: result?.code ?? null, error: result?.error ?? null, hasBegun };
  const summary = summaryOf(head, isLive, nowMs);
  const isOver = !openStates.has(summary.state);
  const nodes = unrolledPlan(readPlan(record), unrolledIn(journal)).nodes.map((node) =>
    nodeStatus(node, journal.get(node.id), isOver),
  );
  const counts = { pending: 0, running: 0, done: 0, failed: 0, suspended: 0, skipped: 0, rolledBack: 0 };
  for (const { state } of nodes) counts[state] += 1;
  const open = counts.pending + counts.running + counts.suspended;
  const percent = nodes.length === 0 ? 100 : Math.floor((100 * (nodes.length - open)) / nodes.length);
  const collected = collectedIn(journal);
  const given = Object.keys(collected).length === 0 ? {} : { collected };
  return { ...summary, percent, counts, nodes, ...given, result };
}

/** With how far nodes are that are under way, as this process hears it. */
export function withProgress(
  status: RunStatus,
  progress: ReadonlyMap<string, string> | undefined,
): RunStatus {
  if (progress === undefined || progress.size === 0) return status;
  const nodes = status.nodes.map((node) => {
    const said = node.state === 'running' ? progress.get(node.node) : undefined;
    return said === undefined ? node : { ...node, progress: said };
  });
  return { ...status, nodes };
}

/** A run without its nodes. */
export function summaryOf(head: RunHead, isLive: boolean, nowMs: number): RunSummary {
  const { executionId, workflowId, name, planHash, caller, owner, error, startedAtMs, endedAtMs } = head;
  const { wakeAtMs, waiting } = head;
  return {
    executionId,
    workflowId,
    name,
    planHash,
    caller,
    state: head.state === 'running' && !isLive && !isAlive(owner) ? 'interrupted' : stateOf(head.state),
    code: isErrorCode(head.code) ? head.code : null,
    error,
    startedAtMs,
    endedAtMs,
    ...(head.state === 'running' && !head.hasBegun ? { hasBegun: false } : {}),
    ...(wakeAtMs === null ? {} : { untilMs: wakeAtMs }),
    ...(waiting === null ? {} : { waiting }),
    durationMs: Math.max(0, (endedAtMs ?? nowMs) - startedAtMs),
  };
}

/**
 * Whether the process that wrote a run's owner is there. This process knows its own runs, so its number is no proof. Of one on
 * another machine nothing is known: whoever takes its run over must know better.
 */
function isAlive(owner: string): boolean {
  const [id = '', , ...host] = owner.split(':');
  if (host.length > 0 && host.join(':') !== hostname()) return true;
  const ownerPid = Number(id);
  if (!Number.isInteger(ownerPid) || ownerPid <= 0 || ownerPid === pid) return false;
  try {
    kill(ownerPid, 0);
    return true;
  } catch (thrown) {
    // Another user's process cannot be signalled, but it is there.
    return systemCode(thrown) === 'EPERM';
  }
}

const openStates: ReadonlySet<RunState> = new Set(['running', 'suspended', 'interrupted']);

function stateOf(text: string): RunState {
  return runStates.find((known) => known === text) ?? 'failed';
}

/** What has not begun when a run ends was skipped, and so was a loop that came to no end of its own. */
function nodeStatus(
  { id, type, body }: PlanNode,
  known: JournalledNode | undefined,
  isOver: boolean,
): NodeStatus {
  const state = known?.state ?? 'pending';
  const isOpen = state === 'pending' || state === 'suspended' || (state === 'running' && body !== undefined);
  return {
    node: id,
    type,
    state: isOver && isOpen ? 'skipped' : state,
    startedAtMs: known?.startedAtMs ?? null,
    durationMs: known?.durationMs ?? null,
    memo: known?.memo ?? null,
    code: known?.code ?? null,
    error: known?.error ?? null,
    ...(known?.awaits === undefined || isOver ? {} : { awaits: shownAwaited(known.awaits) }),
    ...(known?.skip === undefined ? {} : { skip: known.skip }),
  };
}

function asResult(value: JsonObject | null): Result | null {
  if (value === null) return null;
  const { ok, data, error, code, hint, details, retryable } = value;
  if (ok === true && isJsonObject(data))
    return { ok: true, data, error: null, code: null, memo: 'off', idemKey: null };
  if (typeof error !== 'string' || typeof hint !== 'string' || !isErrorCode(code)) return null;
  return {
    ok: false,
    data: null,
    error,
    code,
    hint,
    retryable: retryable === true,
    ...(isJsonObject(details) ? { details } : {}),
  };
}
