import { answerList } from '../../core/answers/answer-list.ts';
import { type CursorScope, readCursor, writeCursor } from '../../core/answers/cursor.ts';
import type { RunFilter, RunPage } from '../runtime/answers/list-runs.ts';
import type { Runs } from '../runtime/runs.ts';

/**
 * A page of the runs, the newest first: at most `limit`, and no more than make one answer. Throws INVALID_INPUT for a cursor
 * of another list.
 */
export async function runPage(runs: Runs, filter: RunFilter = {}): Promise<RunPage> {
  const { cursor, limit, skip: _skip, listBytes, ...wanted } = filter;
  const scope: CursorScope = ['workflow_runs', { ...wanted }];
  const before = cursor === undefined ? undefined : readCursor(scope, cursor);
  const found = await runs.list({ ...filter, limit, cursor: before });
  const { rows, cursor: cut } = answerList(scope, 'runs', found.runs, 0, listBytes);
  // In another order than that of their ids, nothing says where to go on but how many there were.
  const isUsualOrder = filter.sortBy === undefined && filter.sortOrder === undefined;
  const further = cut === null ? found.cursor : (rows.at(-1)?.executionId ?? null);
  const last = isUsualOrder ? further : null;
  return { runs: [...rows], cursor: last === null ? null : writeCursor(scope, last) };
}
