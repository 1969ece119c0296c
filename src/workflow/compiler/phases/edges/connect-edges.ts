import { below } from '../../../document/json-pointer.ts';
import { added, type Draft } from '../draft.ts';
import { endsOf, inputOf, outputOf, portOf } from './edge-ports.ts';

/**
 * Turns edges into links between nodes. A `sourceHandle` that names a port of the source says when the edge is followed; one
 * that names an output, and a `targetHandle` that names an input, say what flows; handles that only name a side of the node say
 * nothing.
 */
export function connectEdges(draft: Draft): void {
  for (const edge of draft.workflow.edges) {
    const [from, to] = endsOf(draft, edge);
    if (from === undefined || to === undefined) {
      if (to !== undefined) to.isUpstreamBroken = true;
      continue;
    }
    const by = portOf(edge, from) === 'error' ? 'error' : 'edge';
    if (by === 'edge' && from.routes !== undefined) continue;
    draft.links.push({ source: from.index, target: to.index, by, edgePointer: edge.pointer });
    if (by === 'error') continue;
    const output = outputOf(edge, from);
    const input = inputOf(edge, to);
    if (output === undefined && input === undefined) continue;
    to.handles = added(to.handles, { source: from.index, output, input, pointer: edge.pointer });
  }
  for (const { index: target, shape, input, dataPointer } of draft.nodes) {
    for (const [at, id] of (shape?.kind.sourcesNamed?.(input) ?? []).entries()) {
      const source = draft.indexById.get(id);
      const edgePointer = below(dataPointer, 'sources', at);
      if (source !== undefined) draft.links.push({ source, target, by: 'edge', edgePointer });
    }
  }
  for (const { index: source, routes } of draft.nodes) {
    for (const { port, target, pointer: edgePointer } of routes ?? []) {
      const to = draft.indexById.get(target);
      if (to === undefined) continue;
      draft.links.push({
        source,
        target: to,
        by: 'edge',
        ...(port === undefined ? {} : { port }),
        edgePointer,
      });
    }
  }
}
