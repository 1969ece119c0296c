import { didYouMean, nearest } from '../../../core/nearest.ts';
import { below } from '../../document/json-pointer.ts';
import type { WorkflowEdge } from '../../document/workflow.ts';
import type { Draft } from '../phases/draft.ts';

/** Law: both ends of an edge are nodes of the workflow. */
export function checkEdgeEnds(draft: Draft, edge: WorkflowEdge): void {
  for (const end of ['source', 'target'] as const) {
    const id = edge[end];
    if (draft.places.has(id)) continue;
    const candidates = nearest(id, draft.places.keys());
    const [best] = candidates;
    const pointer = below(edge.pointer, end);
    draft.report({
      code: 'UNRESOLVED_REFERENCE',
      message: `The edge ${edge.source} → ${edge.target} has the ${end} "${id}", which is no node.${didYouMean(id, draft.places.keys())}`,
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
