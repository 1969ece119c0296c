import type { Draft, DraftNode } from '../draft.ts';
import { endsOf, portOf } from '../edges/edge-ports.ts';

/** Finds out what flows into the nodes whose expressions read `input`: what the nodes gave that edges lead to them from. */
export function bindFlow(draft: Draft): void {
  const readers = draft.nodes.filter(({ references }) =>
    references.some(({ target }) => target.kind === 'expression' && target.expression.names.has('input')),
  );
  if (readers.length === 0) return;
  const into = new Map<number, DraftNode[]>();
  for (const edge of draft.workflow.edges) {
    const [from, to] = endsOf(draft, edge);
    // A node that failed gives nothing.
    if (from === undefined || to === undefined || portOf(edge, from) === 'error') continue;
    const known = into.get(to.index);
    if (known === undefined) into.set(to.index, [from]);
    else known.push(from);
  }
  for (const node of readers) node.flowsFrom = sourcesOf(node, into);
}

/** What passes on what flows into it is looked through. */
function sourcesOf({ index }: DraftNode, into: ReadonlyMap<number, readonly DraftNode[]>): readonly string[] {
  const sources = new Set<string>();
  const seen = new Set<number>();
  const open = [...(into.get(index) ?? [])];
  for (let node = open.shift(); node !== undefined; node = open.shift()) {
    if (seen.has(node.index)) continue;
    seen.add(node.index);
    if (node.shape?.kind.passesOn === true) open.unshift(...(into.get(node.index) ?? []));
    else sources.add(node.id);
  }
  return [...sources];
}
