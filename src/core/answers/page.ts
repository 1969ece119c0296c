import { z } from 'zod';
import type { Json } from '../json.ts';
import { howManyFit } from './budget.ts';
import { type CursorScope, readCursor, refusedCursor, writeCursor } from './cursor.ts';

/** The inputs of every list that can be long. */
export const pageInput = {
  limit: z.int().min(1).max(500).default(100).describe('Per page.'),
  cursor: z.string().max(200).optional().describe('Next page.'),
};

/** The outputs that go with them. */
export const pageOutput = {
  total: z.int(),
  cursor: z.string().nullable(),
};

/** The input of a list: how many rows at most, where to go on, and the arguments that the cursor belongs to. */
export interface PagedInput {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly [argument: string]: Json | undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly total: number;
  /** Where to go on; null when nothing is left. */
  readonly cursor: string | null;
}

/**
 * A page of a list: at most `limit` items, and no more than fit into one answer as `shown`; one at least, when there is any.
 * `name` is the command's. Throws INVALID_INPUT for a cursor that this call did not give.
 */
export function page<T>(
  name: string,
  input: PagedInput,
  all: readonly T[],
  shown?: (item: T) => unknown,
): Page<T> {
  const start = pageStart(name, input);
  if (start > all.length) throw refusedCursor(input.cursor ?? '');
  return pageFrom(name, input, all.slice(start, start + input.limit), all.length, shown);
}

/** How many items come before the page: 0 without a cursor. Throws INVALID_INPUT for a cursor that this call did not give. */
export function pageStart(name: string, input: PagedInput): number {
  return input.cursor === undefined ? 0 : Number(readCursor(scopeOf(name, input), input.cursor));
}

/** A page of a list that is fetched in parts, from the items that follow its start: as many as fit. */
export function pageFrom<T>(
  name: string,
  input: PagedInput,
  items: readonly T[],
  total: number,
  shown: (item: T) => unknown = (item) => item,
  bytes?: number,
): Page<T> {
  const count = howManyFit(items.map(shown), bytes);
  const end = pageStart(name, input) + count;
  const goesOn = count > 0 && end < total;
  return {
    items: items.slice(0, count),
    total,
    cursor: goesOn ? pageCursor(name, input, end) : null,
  };
}

/** The cursor of the page that begins after so many items. */
export function pageCursor(name: string, input: PagedInput, position: number): string {
  return writeCursor(scopeOf(name, input), position);
}

function scopeOf(name: string, { limit, cursor, ...belongings }: PagedInput): CursorScope {
  return [name, belongings];
}
