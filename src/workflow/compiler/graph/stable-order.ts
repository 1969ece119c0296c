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
  const ready = new Int32Array(graph.size);
  let readyCount = 0;
  // Ascending numbers are already a heap.
  for (let node = 0; node < graph.size; node += 1) if (waiting[node] === 0) ready[readyCount++] = node;
  const order = new Int32Array(graph.size);
  let length = 0;
  while (readyCount > 0) {
    const node = at(ready, 0);
    readyCount -= 1;
    sink(ready, readyCount, at(ready, readyCount));
    order[length++] = node;
    for (const target of targetsOf(graph, node)) {
      const left = at(waiting, target) - 1;
      waiting[target] = left;
      if (left === 0) rise(ready, readyCount++, target);
    }
  }
  return order.subarray(0, length);
}

/** Puts `node` at the root of a heap of `count` items and lets it sink. */
function sink(heap: Int32Array, count: number, node: number): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= count) break;
    if (child + 1 < count && at(heap, child + 1) < at(heap, child)) child += 1;
    if (at(heap, child) >= node) break;
    heap[place] = at(heap, child);
    place = child;
  }
  heap[place] = node;
}

/** Puts `node` at the end of a heap of `count` items and lets it rise. */
function rise(heap: Int32Array, count: number, node: number): void {
  let place = count;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (at(heap, parent) <= node) break;
    heap[place] = at(heap, parent);
    place = parent;
  }
  heap[place] = node;
}
