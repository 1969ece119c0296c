import type { Json } from '../../core/json.ts';
import { type Page, type PageWanted, pageOf } from './page.ts';

/** A page of about 7,000 tokens, in characters of JSON with GUIDs in it. */
const mostCharacters = 18_000;

/**
 * The page asked for, as far as it makes one answer: what does not fit comes with the next cursor. Throws like pageOf.
 * The page holds one entry at least.
 */
export function fittedPage<T>(all: readonly T[], wanted: PageWanted, shown: (item: T) => Json): Page<T> {
  const page = pageOf(all, wanted);
  const start = wanted.cursor === undefined ? 0 : Number(wanted.cursor);
  const count = howManyFit(page.items.map(shown));
  if (count === page.items.length) return page;
  return { items: page.items.slice(0, count), total: page.total, cursor: String(start + count) };
}

/** How many of these make one answer; one at least, when there is any. */
export function howManyFit(entries: readonly Json[]): number {
  let characters = 0;
  for (const [index, entry] of entries.entries()) {
    characters += JSON.stringify(entry).length + 1;
    if (index > 0 && characters > mostCharacters) return index;
  }
  return entries.length;
}
