import { findCycles } from '../graph/find-cycles.ts';
import { type Draft, type DraftLink, linkPointer } from '../phases/draft.ts';

/** Law: no node waits for itself, neither along edges nor along references. */
export function checkAcyclic(draft: Draft): void {
  if (draft.order.length === draft.nodes.length) return;
  const cycles = findCycles(draft.graph, draft.order);
  const links = new Map<string, DraftLink>();
  for (const link of draft.links) {
    const ends = `${link.source}>${link.target}`;
    // An edge is easier to take away than a reference, so it is the one to show.
    if (links.get(ends)?.by !== 'edge') links.set(ends, link);
  }
  for (const cycle of cycles) {
    const along = cycle.map((node, index) => links.get(`${node}>${cycle[(index + 1) % cycle.length]}`));
    reportCycle(
      draft,
      cycle,
      along.filter((link) => link !== undefined),
    );
  }
}

/** A path longer than this is cut in the middle: its ends say where to look. */
const longestPath = 40;

function reportCycle(draft: Draft, cycle: readonly number[], links: readonly DraftLink[]): void {
  const ids = [...cycle, ...cycle.slice(0, 1)].map((index) => draft.nodes[index]?.id ?? '');
  const [node = ''] = ids;
  const closing = links.at(-1);
  const edge = links.findLast(({ by }) => by === 'edge');
  const reads = links
    .filter(({ by }) => by === 'reference')
    .map((link) => `${draft.nodes[link.target]?.id} reads ${link.reference?.text}`);
  const because = reads.length === 0 ? '' : ` (${reads.slice(0, 3).join('; ')})`;
  draft.report({
    code: 'CYCLE',
    message: `The workflow has a cycle: ${shorten(ids).join(' → ')}${because}.`,
    pointer: closing === undefined ? '/edges' : linkPointer(draft, closing),
    node,
    expected: 'a graph without cycles',
    ...(edge === undefined ? {} : { suggestion: [{ op: 'remove', path: linkPointer(draft, edge) }] }),
  });
}

function shorten(ids: readonly string[]): readonly string[] {
  if (ids.length <= longestPath) return ids;
  const half = longestPath / 2;
  return [...ids.slice(0, half), `… ${ids.length - longestPath} more …`, ...ids.slice(-half)];
}
