import { nearest } from '../../../../core/text/nearest.ts';
import type { Draft } from '../../phases/draft.ts';

/**
 * The nodes whose ids are most like one that is no node. Of a document in which thousands are missing, and thousands are there,
 * only the first are looked for: comparing all with all takes seconds, and shows nobody more.
 */
export function nearNodes({ problems, indexById }: Draft, id: string): readonly string[] {
  const isTooMuch = (problems.length + 1) * indexById.size > mostCompared;
  return isTooMuch && problems.length >= alwaysLookedFor ? [] : nearest(id, indexById.keys());
}

/** Those that are near, as the end of a message: ` Did you mean "A" or "B"?`, or an empty string. Starts with a space. */
export function nodesMeant(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}

/** 0.1 s of the processor or less. */
const mostCompared = 100_000;
/** What is read first has its candidates in every document. */
const alwaysLookedFor = 5;
