import { at, type Graph } from './graph.ts';

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
    const end = at(graph.targetStart, node + 1);
    for (let arc = at(graph.targetStart, node); arc < end; arc += 1) {
      const target = at(graph.targets, arc);
      if (at(waveOf, target) <= own) waveOf[target] = own + 1;
    }
  }
  return result;
}
