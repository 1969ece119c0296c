/** An arc between two nodes, by their indexes in the document. */
export interface Arc {
  readonly source: number;
  readonly target: number;
}

/**
 * A directed graph in compact arrays: the arcs out of node `n` lead to `targets[targetStart[n] .. targetStart[n + 1])`,
 * the arcs into it come from `sources[sourceStart[n] .. sourceStart[n + 1])`. Double arcs stay double.
 */
export interface Graph {
  readonly size: number;
  readonly targetStart: Int32Array;
  readonly targets: Int32Array;
  readonly sourceStart: Int32Array;
  readonly sources: Int32Array;
}

/** Packs arcs. Arcs of a node keep the order in which they were given. Linear. */
export function packGraph(size: number, arcs: readonly Arc[]): Graph {
  const targetStart = new Int32Array(size + 1);
  const sourceStart = new Int32Array(size + 1);
  for (const { source, target } of arcs) {
    add(targetStart, source + 1, 1);
    add(sourceStart, target + 1, 1);
  }
  for (let node = 0; node < size; node += 1) {
    add(targetStart, node + 1, at(targetStart, node));
    add(sourceStart, node + 1, at(sourceStart, node));
  }
  const targets = new Int32Array(arcs.length);
  const sources = new Int32Array(arcs.length);
  const nextTarget = targetStart.slice();
  const nextSource = sourceStart.slice();
  for (const { source, target } of arcs) {
    targets[at(nextTarget, source)] = target;
    sources[at(nextSource, target)] = source;
    add(nextTarget, source, 1);
    add(nextSource, target, 1);
  }
  return { size, targetStart, targets, sourceStart, sources };
}

/** The nodes that arcs from `node` lead to: a view, not a copy. */
export function targetsOf(graph: Graph, node: number): Int32Array {
  return graph.targets.subarray(at(graph.targetStart, node), at(graph.targetStart, node + 1));
}

/** The nodes that arcs into `node` come from: a view, not a copy. */
export function sourcesOf(graph: Graph, node: number): Int32Array {
  return graph.sources.subarray(at(graph.sourceStart, node), at(graph.sourceStart, node + 1));
}

/** Whether every arc leads from an earlier node of the document to a later one: then the document's order is topological. */
export function isForward(graph: Graph): boolean {
  for (let node = 0; node < graph.size; node += 1) {
    const end = at(graph.sourceStart, node + 1);
    for (let arc = at(graph.sourceStart, node); arc < end; arc += 1)
      if (at(graph.sources, arc) >= node) return false;
  }
  return true;
}

/** An item that is known to be there. */
export function at(array: Int32Array, index: number): number {
  return array[index] ?? 0;
}

function add(array: Int32Array, index: number, amount: number): void {
  array[index] = at(array, index) + amount;
}
