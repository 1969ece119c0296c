import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import type {
  AnswerRecord,
  NodeRecord,
  RunHead,
  RunRecord,
  TransitionsSince,
} from '../../core/stores/run-store.ts';

/** The columns of a run that `runHeadOf` reads, beside `has_begun`. */
export const runHeadColumns =
  'execution_id, workflow_id, name, plan_hash, caller, owner, state, started_at_ms, ended_at_ms, wake_at_ms, waiting, code, error';

/** Whether the journal has anything of a run, as SQL of both databases. */
export const hasBegunSql =
  'EXISTS (SELECT 1 FROM run_journal AS entry WHERE entry.workspace = run.workspace AND entry.execution_id = run.execution_id)';

/** The columns by which runs are sorted, beside when they began. */
export const runOrderColumns = {
  endedAtMs: 'ended_at_ms',
  workflowId: 'workflow_id',
  name: 'name',
  state: 'state',
} as const;

/** A run in a list, from its row. */
export function runHeadOf(row: unknown): RunHead | undefined {
  if (!isJsonObject(row)) return undefined;
  return {
    executionId: asString(row.execution_id) ?? '',
    workflowId: asString(row.workflow_id) ?? '',
    name: asString(row.name) ?? null,
    planHash: asString(row.plan_hash) ?? '',
    caller: asString(row.caller) ?? null,
    owner: asString(row.owner) ?? '',
    state: asString(row.state) ?? '',
    startedAtMs: numberOf(row.started_at_ms) ?? 0,
    endedAtMs: numberOf(row.ended_at_ms),
    wakeAtMs: numberOf(row.wake_at_ms),
    waiting: typeof row.waiting === 'string' ? asJsonArray(parse(row.waiting)).filter(isJsonObject) : null,
    code: asString(row.code) ?? null,
    error: asString(row.error) ?? null,
    hasBegun: row.has_begun === 1 || row.has_begun === true,
  };
}

/** A whole run, from its row. */
export function runRecordOf(row: unknown): RunRecord | undefined {
  const head = runHeadOf(row);
  if (head === undefined || !isJsonObject(row)) return undefined;
  const { code: _code, error: _error, hasBegun: _begun, ...known } = head;
  const result = parse(row.result);
  return {
    ...known,
    plan: planIn(row.plan),
    input: parse(row.input),
    result: isJsonObject(result) ? result : null,
    journalVersion: numberOf(row.journal_version) ?? 1,
  };
}

/** The plan of many runs is the same text: it is parsed once, and then the same value, which nobody changes. */
const plans = new Map<string, JsonObject>();
const MOST_PLANS = 50;

function planIn(text: Json | undefined): JsonObject {
  if (typeof text !== 'string') return {};
  const known = plans.get(text);
  if (known !== undefined) return known;
  const plan = asJsonObject(parse(text));
  deepFreeze(plan);
  const [oldest] = plans.keys();
  if (plans.size >= MOST_PLANS && oldest !== undefined) plans.delete(oldest);
  if (text.length < LONGEST_KEPT) plans.set(text, plan);
  return plan;
}

/** A longer one is parsed each time, in characters. */
const LONGEST_KEPT = 200_000;

function deepFreeze(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const member of Object.values(value)) if (member !== undefined) deepFreeze(member);
}

/** The transitions that one row of the journal has. */
export function transitionsOf(row: JsonObject): readonly NodeRecord[] {
  if (asString(row.batch) === undefined) return [transitionOf(row, parse(row.detail))];
  return asJsonArray(parse(row.batch)).map((entry) => {
    const [node = null, state = null, atMs = null, detail = null] = asJsonArray(entry);
    return transitionOf({ node, state, at_ms: atMs }, detail);
  });
}

/** The transitions that rows of the journal have after a position, by their `id`. */
export function transitionsSinceOf(rows: readonly unknown[], position: number): TransitionsSince {
  const found = rows.filter(isJsonObject);
  const last = found.at(-1)?.id;
  return {
    transitions: found.flatMap(transitionsOf),
    position: last === undefined ? position : Number(last),
  };
}

/** The answer to a question, from its row. */
export function runAnswerOf(row: unknown): AnswerRecord | undefined {
  if (!isJsonObject(row)) return undefined;
  const { question, node, value, is_declined, caller, at_ms } = row;
  return {
    question: asString(question) ?? '',
    node: asString(node) ?? '',
    value: parse(value),
    isDeclined: is_declined === 1,
    caller: asString(caller) ?? null,
    atMs: numberOf(at_ms) ?? 0,
  };
}

function transitionOf(row: JsonObject, detail: Json): NodeRecord {
  return {
    node: asString(row.node) ?? '',
    state: asString(row.state) ?? '',
    atMs: numberOf(row.at_ms) ?? 0,
    detail: isJsonObject(detail) ? detail : null,
  };
}

function parse(text: Json | undefined): Json {
  const value: Json = JSON.parse(asString(text) ?? 'null');
  return value;
}

function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A transition among those that share a row. */
export function transitionRow({ node, state, atMs, detail }: NodeRecord): Json {
  return [node, state, atMs, detail];
}
