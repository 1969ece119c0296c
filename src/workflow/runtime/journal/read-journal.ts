import { asChangeRecords, type ChangeRecord } from '../../../core/backend/change-record.ts';
import { type ErrorCode, errorCodes } from '../../../core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import type { Failure, MemoState } from '../../../core/result.ts';
import type { NodeRecord } from '../../../core/stores/run-store.ts';
import { type Awaited, asAwaited, questionNumber } from '../../nodes/asking/question.ts';
import { type PaidCost, paidIn } from '../usage/node-cost.ts';
import type { KeptOutput, NamedArtifact } from '../values/outputs.ts';
import { asSkipReason, type SkipReason } from './skip-reason.ts';

export type NodeState = 'pending' | 'running' | 'done' | 'failed' | 'suspended' | 'skipped' | 'rolledBack';

/** Where a node stood when the journal was last written. */
export interface JournalledNode {
  readonly state: NodeState;
  /** When it last began, and when it came to the state it has. */
  readonly startedAtMs: number | null;
  readonly atMs: number;
  readonly memo: MemoState | null;
  readonly idemKey: string | null;
  readonly durationMs: number | null;
  /** What it gave, as its row had it; null when it gave nothing. */
  readonly kept: KeptOutput | null;
  /** What the project looked like before its effect, when it was reported. */
  readonly before: Json | undefined;
  readonly code: ErrorCode | null;
  readonly error: string | null;
  /** How it failed, when it did. */
  readonly failed: Failure | null;
  /** What it has cost in all of the run, where a price is known. */
  readonly paid?: PaidCost | undefined;
  /** What it said to the person who followed the run. */
  readonly said: readonly string[];
  /** What it was suspended for, as long as it has not ended. */
  readonly awaits: Awaited | undefined;
  /** What it noted, as long as it is not done. */
  readonly notes: readonly JsonObject[];
  /** How many questions it has asked. */
  readonly asked: number;
  /** Why it was skipped, when it was. */
  readonly skip: SkipReason | undefined;
  /** Whether it changed the project in this run: a later memo hit does not undo that. */
  readonly changed: boolean;
  /** What it changed in this run, each time it was executed; undefined where that was not recorded. */
  readonly changes: readonly ChangeRecord[] | undefined;
  /** Of a loop that was opened: its items, or the artifact that has them. */
  readonly unrolled: UnrolledLoop | undefined;
  /** What calls of a node that was cut off had changed before the one that was under way; undefined where none is known. */
  readonly soFar: readonly ChangeRecord[] | undefined;
}

export interface UnrolledLoop {
  readonly count: number;
  readonly items: readonly Json[] | undefined;
  readonly artifact: NamedArtifact | undefined;
}

/** The last state of every node a journal knows. `earlier`: where they stood before these transitions. */
export function lastStates(
  transitions: readonly NodeRecord[],
  earlier: ReadonlyMap<string, JournalledNode> = new Map(),
): ReadonlyMap<string, JournalledNode> {
  const nodes = new Map(earlier);
  for (const transition of transitions) {
    nodes.set(transition.node, after(transition, nodes.get(transition.node)));
  }
  return nodes;
}

function after(transition: NodeRecord, earlier: JournalledNode | undefined): JournalledNode {
  const detail = asJsonObject(transition.detail);
  const state = stateOf(transition.state);
  const soFar = asChangeRecords(detail.soFar);
  if (earlier !== undefined && isJsonObject(detail.note))
    return { ...earlier, notes: [...earlier.notes, detail.note] };
  if (state === 'running' && soFar !== undefined && earlier?.state === 'running')
    return { ...earlier, soFar: [...(earlier.soFar ?? []), ...soFar] };
  if (transition.state === 'unrolled') {
    const loop = earlier ?? entered(transition, 'running', {}, undefined);
    return { ...loop, unrolled: unrolledBy(detail) };
  }
  return entered(transition, state, detail, withSoFar(state, earlier));
}

function unrolledBy(detail: JsonObject): UnrolledLoop {
  const { count } = detail;
  const kept = keptBy(detail);
  const items = kept?.artifact === undefined ? asJsonArray(kept?.data.items) : undefined;
  return { count: typeof count === 'number' ? count : 0, items, artifact: kept?.artifact };
}

/** A node that is begun again after it was cut off has changed what it had changed by then. */
function withSoFar(state: NodeState, earlier: JournalledNode | undefined): JournalledNode | undefined {
  if (state !== 'running' || earlier?.soFar === undefined) return earlier;
  const { changes, soFar } = earlier;
  return { ...earlier, changed: true, changes: changes && [...changes, ...soFar] };
}

function entered(
  { atMs }: NodeRecord,
  state: NodeState,
  detail: JsonObject,
  earlier: JournalledNode | undefined,
): JournalledNode {
  const memo = memoStates.find((known) => known === detail.memo) ?? null;
  // A node found done again keeps what it knew from when it really did it.
  const awaits = awaitsAfter(state, detail, earlier);
  const isSame = detail.changed !== true && earlier?.changed === true;
  return {
    state,
    startedAtMs: state === 'running' ? atMs : (earlier?.startedAtMs ?? null),
    atMs,
    memo,
    idemKey: asString(detail.idemKey) ?? null,
    durationMs: typeof detail.durationMs === 'number' ? detail.durationMs : null,
    kept: keptBy(detail),
    before: isSame ? earlier.before : detail.before,
    code: isErrorCode(detail.code) ? detail.code : null,
    error: asString(detail.error) ?? null,
    failed: state === 'failed' ? failedAs(detail) : null,
    paid: paidIn(detail) ?? earlier?.paid,
    said: asJsonArray(detail.said).flatMap((text) => asString(text) ?? []),
    notes: state === 'done' || state === 'rolledBack' ? [] : (earlier?.notes ?? []),
    awaits,
    asked: awaits?.for === 'answer' ? questionNumber(awaits.question.id) : (earlier?.asked ?? 0),
    skip: state === 'skipped' ? asSkipReason(detail.skip) : undefined,
    changed: state !== 'rolledBack' && (earlier?.changed === true || changedBy(detail, memo)),
    changes: state === 'rolledBack' ? [] : changesAfter(detail, memo, earlier),
    unrolled: earlier?.unrolled,
    soFar: undefined,
  };
}

function keptBy({ data, artifact }: JsonObject): KeptOutput | null {
  if (!isJsonObject(data)) return null;
  const { id, bytes, contentType } = asJsonObject(artifact);
  if (typeof id !== 'string' || typeof bytes !== 'number' || typeof contentType !== 'string') return { data };
  return { data, artifact: { id, bytes, contentType } };
}

/** A node that runs again, or was cut short, still waits for the same. */
function awaitsAfter(
  state: NodeState,
  detail: JsonObject,
  earlier: JournalledNode | undefined,
): Awaited | undefined {
  if (state === 'suspended') return asAwaited(detail.awaits);
  return state === 'running' || state === 'skipped' ? earlier?.awaits : undefined;
}

function failedAs({ code, error, hint, details }: JsonObject): Failure | null {
  if (!isErrorCode(code)) return null;
  return {
    ok: false,
    data: null,
    error: asString(error) ?? '',
    code,
    hint: asString(hint) ?? '',
    retryable: errorCodes[code].retryable,
    ...(isJsonObject(details) ? { details } : {}),
  };
}

/** Those of every time it was executed, the earliest first. */
function changesAfter(
  detail: JsonObject,
  memo: MemoState | null,
  earlier: JournalledNode | undefined,
): readonly ChangeRecord[] | undefined {
  const former = earlier === undefined ? [] : earlier.changes;
  if (!changedBy(detail, memo)) return former;
  const more = asChangeRecords(detail.changes);
  return former === undefined || more === undefined ? undefined : [...former, ...more];
}

/** Journals of earlier versions do not say: there whatever was not found done before, failed ones too, may have. */
function changedBy({ changed, ok }: JsonObject, memo: MemoState | null): boolean {
  if (typeof changed === 'boolean') return changed;
  return typeof ok === 'boolean' && memo !== 'hit';
}

const memoStates: readonly MemoState[] = ['hit', 'miss', 'stale', 'off'];
const states: readonly NodeState[] = [
  'pending',
  'running',
  'done',
  'failed',
  'suspended',
  'skipped',
  'rolledBack',
];

function stateOf(text: string): NodeState {
  return states.find((known) => known === text) ?? 'pending';
}

/** Whether a text is one of the closed table of error codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
