import { at, type Graph, targetsOf } from './graph.ts';

/**
 * The nodes in waves: a node is in the first wave after all those it waits for. Within a wave nothing waits for anything,
 * and the nodes keep their order. `order` must be a full topological order. Linear.
 */
export function waves(graph: Graph, order: Int32Array): number[][] {
  const waveOf = new Int32Array(graph.size);
  const result: number[][] = [];
  for (const node of order) {
    const own = at(waveOf, node);
    const wave = result[own];
    if (wave === undefined) result[own] = [node];
    else wave.push(node);
    for (const target of targetsOf(graph, node)) waveOf[target] = Math.max(at(waveOf, target), own + 1);
  }
  return result;
}
