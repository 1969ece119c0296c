import { at, type Graph } from './graph.ts';

/** The nearest nodes upstream of a node that have what is looked for; several when they are equally near. */
export interface Nearest {
  readonly distance: number;
  readonly nodes: readonly number[];
}

/** Ties longer than this are cut: they are an error anyway, and a list of thousands would explain nothing. */
const tieLimit = 12;

/**
 * For every node the nearest nodes upstream, by number of arcs, for which `provides` holds.
 * `order` must be a full topological order of the graph. One pass: what is nearest to a node is one of its sources,
 * or what is nearest to one of them. O(nodes + arcs), so it costs the same for one node as for all.
 */
export function nearestSources(
  graph: Graph,
  order: Int32Array,
  provides: (node: number) => boolean,
): readonly (Nearest | undefined)[] {
  const nearest = new Array<Nearest | undefined>(graph.size).fill(undefined);
  for (const node of order) {
    let best: Nearest | undefined;
    const end = at(graph.sourceStart, node + 1);
    for (let arc = at(graph.sourceStart, node); arc < end; arc += 1) {
      const source = at(graph.sources, arc);
      best = nearer(best, seenFrom(source, nearest[source], provides(source)));
    }
    nearest[node] = best;
  }
  return nearest;
}

function seenFrom(source: number, upstream: Nearest | undefined, isProvider: boolean): Nearest | undefined {
  if (isProvider) return { distance: 1, nodes: [source] };
  return upstream === undefined ? undefined : { distance: upstream.distance + 1, nodes: upstream.nodes };
}

function nearer(a: Nearest | undefined, b: Nearest | undefined): Nearest | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.distance !== b.distance) return a.distance < b.distance ? a : b;
  const both = [...new Set([...a.nodes, ...b.nodes])].sort((x, y) => x - y);
  return { distance: a.distance, nodes: both.slice(0, tieLimit) };
}
