import { asJsonArray, asJsonObject } from '../../../../core/json.ts';
import { nearest } from '../../../../core/text/nearest.ts';
import type { Draft } from '../../phases/draft.ts';

/**
 * The nodes whose ids are most like one that is no node. Of a document in which thousands are missing, and thousands are there,
 * only the first are looked for: comparing all with all takes seconds, and shows nobody more. `asking`: the node that names it.
 */
export function nearNodes({ problems, indexById }: Draft, id: string, asking?: string): readonly string[] {
  const isTooMuch = (problems.length + 1) * indexById.size > mostCompared;
  if (isTooMuch && problems.length >= alwaysLookedFor) return [];
  return nearest(id, indexById.keys(), asking === undefined ? 3 : 4)
    .filter((near) => near !== asking)
    .slice(0, 3);
}

/** Where a node is that stands inside of another one, as a sentence with a space before it; empty where it is nowhere. */
export function insideOf({ nodes }: Draft, id: string): string {
  const around = nodes.find(({ data }) =>
    asJsonArray(data.nodes).some((inner) => asJsonObject(inner).id === id),
  );
  if (around === undefined) return '';
  const isLoop = around.shape?.kind.body === 'loop';
  const given = isLoop ? `as a list in nodes.${around.id}.items` : `by the "output" of "${around.id}"`;
  return ` It stands inside of "${around.id}": from outside, what it gives is read ${given}.`;
}

/** Those that are near, as the end of a message: ` Did you mean "A" or "B"?`, or an empty string. Starts with a space. */
export function nodesMeant(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`;
}

/** 0.1 s of the processor or less. */
const mostCompared = 100_000;
/** What is read first has its candidates in every document. */
const alwaysLookedFor = 5;
