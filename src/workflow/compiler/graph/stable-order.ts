import { createMinHeap } from '../../../core/turns/min-heap.ts';
import { at, type Graph, isForward, targetsOf } from './graph.ts';

/**
 * Kahn's topological order, made stable: among the nodes that are ready the one that comes first in the document goes first,
 * so a document already in order keeps it. Nodes on a cycle or behind one are left out: the order is then shorter than the
 * graph. Iterative; O((nodes + arcs) log nodes).
 */
export function stableOrder(graph: Graph): Int32Array {
  if (isForward(graph)) return Int32Array.from({ length: graph.size }, (_, node) => node);
  const waiting = new Int32Array(graph.size);
  for (const target of graph.targets) waiting[target] = at(waiting, target) + 1;
  const ready = createMinHeap();
  for (let node = 0; node < graph.size; node += 1) if (waiting[node] === 0) ready.push(node);
  const order = new Int32Array(graph.size);
  let length = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    order[length++] = node;
    for (const target of targetsOf(graph, node)) {
      const left = at(waiting, target) - 1;
      waiting[target] = left;
      if (left === 0) ready.push(target);
    }
  }
  return order.subarray(0, length);
}
