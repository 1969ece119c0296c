import { type Graph, sourcesOf } from './graph.ts';

/**
 * Cycles of a graph, each as the nodes along its arcs, from the one that comes first in the document.
 * `order` is what a topological sort could order: every node it left out has an unordered source, so walking backwards among
 * the unordered must come back to a node already met. Finds at least one cycle when there is any, never the same twice.
 * Iterative and linear.
 */
export function findCycles(graph: Graph, order: Int32Array): number[][] {
  const ordered = new Uint8Array(graph.size);
  for (const node of order) ordered[node] = 1;
  const walkOf = new Int32Array(graph.size);
  const cycles: number[][] = [];
  for (let start = 0; start < graph.size; start += 1) {
    if (ordered[start] === 1 || walkOf[start] !== 0) continue;
    const walk: number[] = [];
    let node = start;
    while (walkOf[node] === 0) {
      walkOf[node] = start + 1;
      walk.push(node);
      node = sourcesOf(graph, node).find((source) => ordered[source] === 0) ?? node;
    }
    if (walkOf[node] === start + 1) cycles.push(fromFirst(walk.slice(walk.indexOf(node)).reverse()));
  }
  return cycles;
}

function fromFirst(cycle: readonly number[]): number[] {
  const first = cycle.reduce((least, node, index) => (node < (cycle[least] ?? node) ? index : least), 0);
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
