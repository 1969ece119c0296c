import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';

/** The inputs of every list that can be long. */
export const pageInput = {
  limit: z.int().min(1).max(500).default(100).describe('Per page.'),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional()
    .describe('Next page.'),
};

/** The outputs that go with them. */
export const pageOutput = {
  total: z.int(),
  cursor: z.string().nullable(),
};

export interface PageWanted {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly total: number;
  readonly cursor: string | null;
}

/** The part of a list that a page asks for. Throws INVALID_INPUT for a cursor beyond its end. */
export function pageOf<T>(all: readonly T[], { limit, cursor }: PageWanted): Page<T> {
  const start = cursor === undefined ? 0 : Number(cursor);
  if (start > all.length) {
    throw new WwiseFlowError(
      'INVALID_INPUT',
      `The cursor "${cursor}" lies behind the end: ${all.length} entries.`,
      {
        hint: 'Leave the cursor out to start again.',
        details: { cursor, total: all.length },
      },
    );
  }
  const end = start + limit;
  return { items: all.slice(start, end), total: all.length, cursor: end < all.length ? String(end) : null };
}
