import { bodyKind, bodyOf, eachBody, withBody } from '../graph/bodies.ts';
import { deriveGraph } from '../graph/derive-graph.ts';
import type { FlowDocument, FlowNode } from '../graph/document.ts';
import { layOutGraph } from '../graph/lay-out-graph.ts';
import type { Positions } from '../graph/layout.ts';
import { useNodeTypes } from '../graph/node-types.ts';

/** The document with a position for every step, inside of steps as well: laid out where it has none. */
export async function placed(document: FlowDocument): Promise<FlowDocument> {
  const nodes = await Promise.all(document.nodes.map(placedInside));
  const whole = nodes.every((node, index) => node === document.nodes[index])
    ? document
    : { ...document, nodes };
  if (whole.nodes.every(({ position }) => position !== undefined)) return whole;
  const graph = deriveGraph(whole, useNodeTypes.getState().byName, new Map());
  const positions = await layOutGraph(layoutTask(graph.nodes, graph.edges));
  return {
    ...whole,
    nodes: whole.nodes.map((node) => ({
      ...node,
      position: node.position ?? positions[node.id] ?? { x: 0, y: 0 },
    })),
  };
}

async function placedInside(node: FlowNode): Promise<FlowNode> {
  if (bodyKind(node) === undefined || node.data.nodes === undefined) return node;
  const body = bodyOf(node);
  const laid = await placed(body);
  return laid === body ? node : withBody(node, laid);
}

/** What the layout is to be made of; below each card its state has room. */
export function layoutTask(
  nodes: readonly { readonly id: string; readonly width?: number; readonly height?: number }[],
  edges: readonly { readonly source: string; readonly target: string }[],
) {
  return {
    nodes: nodes.map(({ id, width = 232, height = 90 }) => ({ id, width, height: height + 26 })),
    edges: edges.map(({ source, target }) => ({ source, target })),
  };
}

export function withPositions(document: FlowDocument, positions: Positions): FlowDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const position = positions[node.id];
      return position === undefined ? node : { ...node, position };
    }),
  };
}

/** The document without what only concerns drawing here. */
export function withoutPositions(document: FlowDocument): FlowDocument {
  return eachBody(document, (part) => ({
    ...part,
    nodes: part.nodes.map(({ position: _, ...node }) => ({
      ...node,
      ...{ id: node.id, type: node.type, data: node.data },
    })),
  }));
}
