import { WwiseFlowError } from '../../core/errors.ts';
import type { Json } from '../../core/json.ts';

/** What an answer may take at once: about 8,000 tokens of JSON, counted in characters. */
export const ANSWER_CHARACTERS = 28_000;

/** One list of an answer, or as much of it as fits. */
export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
  /** Where to go on, `<list>:<offset>`; null when nothing is left. */
  readonly cursor: string | null;
}

/** As many rows from `offset` as fit; at least one, so that paging always ends. */
export function pageOf<T extends Json>(
  list: string,
  rows: readonly T[],
  offset: number,
  characters: number = ANSWER_CHARACTERS,
): Page<T> {
  let left = characters;
  let end = offset;
  for (; end < rows.length; end++) {
    left -= JSON.stringify(rows[end]).length + 1;
    if (left < 0 && end > offset) break;
  }
  const isDone = end >= rows.length;
  return { rows: rows.slice(offset, end), total: rows.length, cursor: isDone ? null : `${list}:${end}` };
}

/**
 * Reads a cursor of these lists.
 * @throws WwiseFlowError INVALID_INPUT for anything else.
 */
export function readCursor<L extends string>(
  cursor: string,
  lists: readonly L[],
): { readonly list: L; readonly offset: number } {
  const [name, digits = ''] = cursor.split(':');
  const list = lists.find((known) => known === name);
  if (list !== undefined && /^\d{1,9}$/.test(digits)) return { list, offset: Number(digits) };
  throw new WwiseFlowError('INVALID_INPUT', `"${cursor}" is not a cursor of this answer.`, {
    hint: `Give a cursor exactly as an answer gave it, or start a list with ${lists.map((known) => `"${known}:0"`).join(', ')}.`,
    details: { cursor },
  });
}

/** What to say when a list was cut. */
export function cutNotice(what: string, { rows, total, cursor }: Page<unknown>, tool: string): string[] {
  return cursor === null
    ? []
    : [`${rows.length} of ${total} ${what} are shown: call ${tool} with cursor "${cursor}" for the next.`];
}
