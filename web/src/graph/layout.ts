import { Graph, layout } from '@dagrejs/dagre';

/** What is laid out: sizes and wires, nothing else, so that it can be sent to a worker. */
export interface LayoutTask {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

export type Positions = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

const grid = 8;

/** Positions from left to right, on the grid, without overlaps. */
export function layOut({ nodes, edges }: LayoutTask): Positions {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 30, ranksep: 60, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { source, target } of edges) if (source !== target) graph.setEdge(source, target);
  layout(graph);
  return Object.fromEntries(
    nodes.map(({ id, width, height }) => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, { x: onGrid(x - width / 2), y: onGrid(y - height / 2) }];
    }),
  );
}

function onGrid(value: number): number {
  return Math.round(value / grid) * grid;
}
