import type { WorkflowEdge } from '../../document/workflow.ts';
import { checkEdgeEnds } from '../rules/edge-ends.ts';
import { checkHandles } from '../rules/edge-handles.ts';
import { membersOf } from '../schema/schema-kinds.ts';
import { added, type Draft, type DraftNode } from './draft.ts';

/**
 * Turns edges into links between nodes. A `sourceHandle` that names an output and a `targetHandle` that names an input say
 * what flows; handles that only name a side of the node say nothing.
 */
export function connectEdges(draft: Draft): void {
  for (const edge of draft.workflow.edges) {
    const source = draft.places.get(edge.source);
    const target = draft.places.get(edge.target);
    const from = source === undefined ? undefined : draft.nodes[source];
    const to = target === undefined ? undefined : draft.nodes[target];
    if (from === undefined || to === undefined) {
      checkEdgeEnds(draft, edge);
      if (to !== undefined) to.isUpstreamBroken = true;
      continue;
    }
    if (isErrorEdge(edge, from)) {
      draft.links.push({ source: from.place, target: to.place, by: 'error', edgePointer: edge.pointer });
      continue;
    }
    draft.links.push({ source: from.place, target: to.place, by: 'edge', edgePointer: edge.pointer });
    if (edge.sourceHandle === undefined && edge.targetHandle === undefined) continue;
    const { output, input } = checkHandles(draft, edge, from, to);
    if (output === undefined && input === undefined) continue;
    to.handles = added(to.handles, { source: from.place, output, input, pointer: edge.pointer });
  }
}

/** An edge from the handle "error" is followed when the node fails; an output of that name has precedence. */
function isErrorEdge({ sourceHandle }: WorkflowEdge, { shape }: DraftNode): boolean {
  if (sourceHandle !== 'error') return false;
  return shape === undefined || !Object.hasOwn(membersOf(shape.kind.output, 'output') ?? {}, 'error');
}
