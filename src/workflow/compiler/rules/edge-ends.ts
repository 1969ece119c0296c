import { below } from '../../document/json-pointer.ts';
import type { WorkflowEdge } from '../../document/workflow.ts';
import { type Draft, type DraftNode, nodeLabel } from '../phases/draft.ts';
import { nearNodes, nodesMeant } from './references/near-nodes.ts';

/** Law: both ends of an edge are nodes of the workflow, and so is what a node names as its source. */
export function checkEdgeEnds(draft: Draft): void {
  for (const edge of draft.workflow.edges) checkEnds(draft, edge);
  for (const node of draft.nodes) {
    const named = node.shape?.kind.sourcesNamed?.(node.input) ?? [];
    for (const [at, id] of named.entries()) if (!draft.indexById.has(id)) reportSource(draft, node, id, at);
  }
}

function reportSource(draft: Draft, node: DraftNode, id: string, at: number): void {
  const candidates = nearNodes(draft, id, node.id);
  const [best] = candidates;
  const pointer = below(node.dataPointer, 'sources', at);
  draft.report({
    code: 'UNRESOLVED_REFERENCE',
    message: `${nodeLabel(node)} names the source "${id}", which is no node.${nodesMeant(candidates)}`,
    pointer,
    node: node.id,
    expected: 'the id of a node',
    ...(best === undefined ? {} : { didYouMean: candidates }),
    suggestion:
      best === undefined
        ? [{ op: 'remove', path: pointer }]
        : [{ op: 'replace', path: pointer, value: best }],
  });
}

function checkEnds(draft: Draft, edge: WorkflowEdge): void {
  for (const end of ['source', 'target'] as const) {
    const id = edge[end];
    if (draft.indexById.has(id)) continue;
    const candidates = nearNodes(draft, id);
    const [best] = candidates;
    const pointer = below(edge.pointer, end);
    draft.report({
      code: 'UNRESOLVED_REFERENCE',
      message: `The edge ${edge.source} → ${edge.target} has the ${end} "${id}", which is no node.${nodesMeant(candidates)}`,
      pointer,
      expected: 'the id of a node',
      ...(best === undefined ? {} : { didYouMean: candidates }),
      suggestion:
        best === undefined
          ? [{ op: 'remove', path: edge.pointer }]
          : [{ op: 'replace', path: pointer, value: best }],
    });
  }
}
