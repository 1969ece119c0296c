import type { Result } from '../../bus/result.ts';
import { asJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { ANSWER_CHARACTERS, cutNotice, pageOf, readCursor } from '../library/page.ts';
import type { RunStatus } from './runs.ts';

/** The answer of a run, cut to what a client takes at once: rows that do not fit are left out with a notice how to get them. */
export function showRunResult(result: Result): Result {
  if (result.ok) return { ...result, data: cutAnswer(result.data) };
  return result.details === undefined ? result : { ...result, details: cutAnswer(result.details) };
}

/** The state of a run, or with a cursor the next part of its nodes or results. */
export function showRunStatus(status: RunStatus, cursor?: string): JsonObject {
  const { nodes, result, ...head } = status;
  const results = rowsOf(
    result === null ? undefined : result.ok ? result.data.results : result.details?.results,
  );
  if (cursor !== undefined) {
    const { list, offset } = readCursor(cursor, ['nodes', 'results']);
    const page = list === 'nodes' ? pageOf(list, nodes, offset) : pageOf(list, results, offset);
    return { ...head, [list]: page.rows, ...more(list, page) };
  }
  const page = pageOf('nodes', nodes, 0, ANSWER_CHARACTERS * 0.7);
  return {
    ...head,
    nodes: page.rows,
    ...(result === null || result.ok ? {} : { hint: result.hint }),
    ...more(
      'nodes',
      page,
      results.length > 0 ? [`What the ${results.length} executed nodes gave: cursor "results:0".`] : [],
    ),
  };
}

/** A row longer than this is shown without its data. In characters. */
const ROW_CHARACTERS = 6_000;

/** A list beside the rows is named as far as this. In characters. */
const LIST_CHARACTERS = 2_000;

function cutAnswer(answer: JsonObject): JsonObject {
  if (JSON.stringify(answer).length <= ANSWER_CHARACTERS) return answer;
  const { results, ...uncut } = answer;
  const others = Object.fromEntries(Object.entries(uncut).map(([name, member]) => [name, cutList(member)]));
  const rows = rowsOf(results).map(shortened);
  const room = Math.max(ANSWER_CHARACTERS * 0.8, ANSWER_CHARACTERS - JSON.stringify(others).length);
  const page = pageOf('results', rows, 0, room);
  // What went wrong must be seen, however far down it is.
  const failed = rows.slice(page.rows.length).filter(({ ok }) => ok === false);
  return { ...others, results: [...page.rows, ...failed.slice(0, 20)], ...more('results', page) };
}

/** Lists beside the rows (nodes skipped, files removed) are named in part. */
function cutList(member: Json | undefined): Json | undefined {
  if (!Array.isArray(member) || JSON.stringify(member).length <= LIST_CHARACTERS) return member;
  const { rows } = pageOf('list', member, 0, LIST_CHARACTERS);
  return [...rows, `... and ${member.length - rows.length} more`];
}

function shortened(row: JsonObject, index: number): JsonObject {
  const length = JSON.stringify(row).length;
  if (length <= ROW_CHARACTERS) return row;
  const { data, details, ...others } = row;
  const note = `${length} characters: call workflow_status with cursor "results:${index}" to see them.`;
  return { ...others, ...(data === undefined ? {} : { data: {} }), cut: note };
}

function more(list: string, page: ReturnType<typeof pageOf>, others: readonly string[] = []): JsonObject {
  const notices: Json[] = [
    ...cutNotice(list === 'nodes' ? 'nodes' : 'results', page, 'workflow_status'),
    ...others,
  ];
  return { notices, cursors: page.cursor === null ? {} : { [list]: page.cursor } };
}

function rowsOf(list: unknown): JsonObject[] {
  return asJsonArray(list).filter(isJsonObject);
}
