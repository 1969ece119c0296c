import { howManyFit, LIST_BYTES } from './budget.ts';
import { type CursorScope, readCursor, refusedCursor, writeCursor } from './cursor.ts';

/** One of several lists of an answer, or as much of it as fits. */
export interface AnswerList<T> {
  readonly rows: readonly T[];
  readonly total: number;
  /** Where this list goes on; null when nothing is left. */
  readonly cursor: string | null;
}

/** As many rows of a list from `offset` as fit; one at least, when there is any. `scope`: what is shown. */
export function answerList<T>(
  scope: CursorScope,
  list: string,
  rows: readonly T[],
  offset = 0,
  bytes: number = LIST_BYTES,
): AnswerList<T> {
  const rest = rows.slice(offset);
  const end = offset + howManyFit(rest, bytes);
  return {
    rows: rows.slice(offset, end),
    total: rows.length,
    cursor: end < rows.length ? listCursor(scope, list, end) : null,
  };
}

/** The cursor of a row of a list, to go on from there. */
export function listCursor(scope: CursorScope, list: string, offset: number): string {
  return writeCursor(scope, `${list}:${offset}`);
}

/** Which list a cursor goes on with, and where. Throws INVALID_INPUT for one that no answer about this gave. */
export function readListCursor<L extends string>(
  scope: CursorScope,
  cursor: string,
  lists: readonly L[],
): { readonly list: L; readonly offset: number } {
  const [name, digits] = readCursor(scope, cursor).split(':');
  const list = lists.find((known) => known === name);
  if (list === undefined) throw refusedCursor(cursor);
  return { list, offset: Number(digits) };
}

/** What to say when a list was cut. */
export function cutNotice(
  what: string,
  { rows, total, cursor }: AnswerList<unknown>,
  tool: string,
): string[] {
  return cursor === null
    ? []
    : [`${rows.length} of ${total} ${what} are shown: call ${tool} with cursor "${cursor}" for the next.`];
}
