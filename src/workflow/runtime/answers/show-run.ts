import {
  type AnswerList,
  answerList,
  cutNotice,
  listCursor,
  readListCursor,
} from '../../../core/answers/answer-list.ts';
import { ANSWER_BYTES, bytesOf, howManyFit } from '../../../core/answers/budget.ts';
import type { CursorScope } from '../../../core/answers/cursor.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import type { Result } from '../../../core/result.ts';
import type { RunStatus } from '../runs.ts';

/** The answer of a run, cut to what a client takes at once: rows that do not fit are left out with a notice how to get them. */
export function showRunResult(result: Result): Result {
  if (result.ok) return { ...result, data: withArtifactNotice(cutAnswer(result.data)) };
  if (result.details === undefined) return result;
  return { ...result, details: withArtifactNotice(cutAnswer(result.details)) };
}

/** The state of a run, or with a cursor the next part of its nodes or results. */
export function showRunStatus(status: RunStatus, cursor?: string): JsonObject {
  const { nodes, result, collected, ...rest } = status;
  const head = { ...rest, ...shownCollected(collected) };
  const results = rowsOf(
    result === null ? undefined : result.ok ? result.data.results : result.details?.results,
  );
  const scope = scopeOf(head.executionId);
  if (cursor !== undefined) {
    const { list, offset } = readListCursor(scope, cursor, ['nodes', 'results']);
    const page = answerList(scope, list, list === 'nodes' ? nodes : results, offset);
    return { ...head, [list]: page.rows, ...more(list, page) };
  }
  const page = answerList(scope, 'nodes', nodes, 0, ANSWER_BYTES * 0.7);
  return {
    ...head,
    nodes: page.rows,
    ...(result === null || result.ok ? {} : { hint: result.hint }),
    ...more(
      'nodes',
      page,
      results.length > 0
        ? [`What the ${results.length} executed nodes gave: cursor "${listCursor(scope, 'results', 0)}".`]
        : [],
    ),
  };
}

/** What persons gave, where that is short. */
function shownCollected(collected: JsonObject | undefined): { readonly collected?: JsonObject } {
  return collected === undefined || bytesOf(collected) > SIDE_LIST_BYTES ? {} : { collected };
}

/** A row longer than this is shown without its data. In bytes of JSON. */
const ROW_BYTES = 6_000;

/** A list beside the rows is named as far as this. In bytes of JSON. */
const SIDE_LIST_BYTES = 2_000;

/** Says how to read the outputs that are too large for an answer. */
function withArtifactNotice(answer: JsonObject): JsonObject {
  const spilled = rowsOf(answer.results).flatMap(({ node, artifact }) =>
    artifact === undefined ? [] : [{ node: asString(node), id: asString(asJsonObject(artifact).id) }],
  );
  const [first] = spilled;
  if (first === undefined) return answer;
  const others = spilled.length === 1 ? '' : `, those of ${spilled.length - 1} more nodes likewise`;
  const notice = `The output of ${first.node} is an artifact: call workflow_status with artifact "${first.id}" to read it${others}.`;
  return { ...answer, notices: [...asJsonArray(answer.notices), notice] };
}

function cutAnswer(answer: JsonObject): JsonObject {
  if (bytesOf(answer) <= ANSWER_BYTES) return answer;
  const { results, ...uncut } = answer;
  const others = Object.fromEntries(Object.entries(uncut).map(([name, member]) => [name, cutList(member)]));
  const scope = scopeOf(asString(answer.executionId) ?? '');
  const rows = rowsOf(results).map((row, index) => shortened(row, listCursor(scope, 'results', index)));
  const room = Math.max(ANSWER_BYTES * 0.8, ANSWER_BYTES - bytesOf(others));
  const page = answerList(scope, 'results', rows, 0, room);
  // What went wrong must be seen, however far down it is.
  const failed = rows.slice(page.rows.length).filter(({ ok }) => ok === false);
  return { ...others, results: [...page.rows, ...failed.slice(0, 20)], ...more('results', page) };
}

/** Lists beside the rows (nodes skipped, files removed) are named in part. */
function cutList(member: Json | undefined): Json | undefined {
  if (!Array.isArray(member) || bytesOf(member) <= SIDE_LIST_BYTES) return member;
  const shown = howManyFit(member, SIDE_LIST_BYTES);
  return [...member.slice(0, shown), `... and ${member.length - shown} more`];
}

function shortened(row: JsonObject, cursor: string): JsonObject {
  const length = bytesOf(row);
  if (length <= ROW_BYTES) return row;
  const { data, details, ...others } = row;
  const note = `${length} bytes: call workflow_status with cursor "${cursor}" to see them.`;
  return { ...others, ...(data === undefined ? {} : { data: {} }), cut: note };
}

function more(list: string, page: AnswerList<Json>, others: readonly string[] = []): JsonObject {
  const notices: Json[] = [
    ...cutNotice(list === 'nodes' ? 'nodes' : 'results', page, 'workflow_status'),
    ...others,
  ];
  return { notices, cursors: page.cursor === null ? {} : { [list]: page.cursor } };
}

function rowsOf(list: unknown): JsonObject[] {
  return asJsonArray(list).filter(isJsonObject);
}

/** What the cursors of a run belong to: its answers name them, workflow_status takes them. */
function scopeOf(executionId: string): CursorScope {
  return ['workflow_status', executionId];
}
