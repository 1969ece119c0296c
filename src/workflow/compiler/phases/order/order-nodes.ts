import { packGraph } from '../../graph/graph.ts';
import { stableOrder } from '../../graph/stable-order.ts';
import type { Draft } from '../draft.ts';

/** Puts the nodes into an order that keeps every link, and otherwise that of the document. */
export function orderNodes(draft: Draft): void {
  draft.graph = packGraph(draft.nodes.length, draft.links);
  draft.order = stableOrder(draft.graph);
}
