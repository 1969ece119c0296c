import { type Arc, at, type Graph, sourcesOf, targetsOf } from './graph.ts';

/**
 * The arcs that turn some nodes into fences nothing crosses: what `order` has before a fence gets a path into it, what it
 * has after it a path out of it. Only arcs that no path makes needless are given. Every arc agrees with `order`, a full
 * topological order of the graph, so no cycle can come of them. Linear: each stretch between two fences is searched once
 * from either end.
 */
export function fenceArcs(graph: Graph, order: Int32Array, isFence: (node: number) => boolean): Arc[] {
  const fences: number[] = [];
  for (let index = 0; index < order.length; index += 1) if (isFence(at(order, index))) fences.push(index);
  const arcs: Arc[] = [];
  if (fences.length === 0) return arcs;
  const indexOf = new Int32Array(graph.size);
  for (const [index, node] of order.entries()) indexOf[node] = index;
  for (const [rank, fence] of fences.entries()) {
    const node = at(order, fence);
    const previous = fences[rank - 1] ?? -1;
    const next = fences[rank + 1] ?? order.length;
    // Between two fences side by side there is nothing that would join them.
    const end = previous >= 0 && previous === fence - 1 ? previous - 1 : previous;
    for (const before of unreached({ graph, neighbours: sourcesOf, order, indexOf }, fence, end)) {
      arcs.push({ source: before, target: node });
    }
    for (const after of unreached({ graph, neighbours: targetsOf, order, indexOf }, fence, next)) {
      arcs.push({ source: node, target: after });
    }
  }
  return arcs;
}

interface Search {
  readonly graph: Graph;
  /** Which way to search: sourcesOf backwards, targetsOf forwards. */
  readonly neighbours: (graph: Graph, node: number) => Int32Array;
  readonly order: Int32Array;
  /** The index in the order, by node. */
  readonly indexOf: Int32Array;
}

/**
 * Of the nodes from the fence to `end` (exclusive; both are indexes into the order), those no path joins to the fence and none joins to
 * another of them: joining these to the fence joins all.
 */
function unreached({ graph, neighbours, order, indexOf }: Search, fence: number, end: number): number[] {
  const [low, high] = end < fence ? [end, fence] : [fence, end];
  const reached = new Set<number>();
  const spread = (from: number) => {
    const open = [from];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const other of neighbours(graph, node)) {
        const index = at(indexOf, other);
        if (index <= low || index >= high || reached.has(other)) continue;
        reached.add(other);
        open.push(other);
      }
    }
  };
  spread(at(order, fence));
  const found: number[] = [];
  const step = end < fence ? -1 : 1;
  for (let index = fence + step; index !== end; index += step) {
    const node = at(order, index);
    if (reached.has(node)) continue;
    found.push(node);
    spread(node);
  }
  return found;
}
