import { withBody } from './bodies.ts';
import { edgeId, type FlowDocument, type FlowEdge, type FlowNode, readNodes } from './document.ts';

/** The document with a loop in the place of some steps, or the steps because of which there can be none. */
export type LoopAround =
  | { readonly document: FlowDocument; readonly between?: undefined }
  | { readonly between: readonly string[] };

/**
 * Moves steps into a new loop, `id`, with the edges between them. An edge that led to one of them leads to the loop, and the value it
 * brought is written as a reference; an edge that left one of them leaves the loop. What lies on a way from one of them to another
 * would wait for the loop and the loop for it: then nothing is moved.
 */
export function loopAround(
  document: FlowDocument,
  chosen: ReadonlySet<string>,
  id: string,
  type: string,
): LoopAround {
  const between = stepsBetween(document, chosen);
  if (between.length > 0) return { between };
  const isIn = ({ source, target }: FlowEdge) => [chosen.has(source), chosen.has(target)] as const;
  const brought = document.edges.filter((edge) => !chosen.has(edge.source) && chosen.has(edge.target));
  const moved = document.nodes
    .filter((node) => chosen.has(node.id))
    .map((node) => withBrought(node, brought));
  const inner = document.edges.filter((edge) => isIn(edge).every(Boolean));
  const outer = document.edges.flatMap((edge): readonly FlowEdge[] => {
    const [from, to] = isIn(edge);
    if (from && to) return [];
    if (to) return [plain({ ...edge, target: id }, 'targetHandle')];
    return [from ? plain({ ...edge, source: id }, 'sourceHandle') : edge];
  });
  const loop = withBody(
    { id, type, data: {}, position: { x: leftmost(moved), y: topmost(moved) } },
    { nodes: moved, edges: inner },
  );
  const [first] = moved;
  const nodes = document.nodes.flatMap((node) => {
    if (!chosen.has(node.id)) return [node];
    return node.id === first?.id ? [loop] : [];
  });
  return {
    document: { ...document, nodes, edges: [...new Map(outer.map((edge) => [edgeId(edge), edge])).values()] },
  };
}

/** The inputs that edges from elsewhere brought, written as references: inside of the loop those edges are not. */
function withBrought(node: FlowNode, brought: readonly FlowEdge[]): FlowNode {
  const data = { ...node.data };
  for (const { source, target, sourceHandle, targetHandle } of brought)
    if (target === node.id && typeof targetHandle === 'string' && typeof sourceHandle === 'string')
      data[targetHandle] = `$from:${source}:$output:${sourceHandle}`;
  return { ...node, data };
}

/** Without the handle at the loop's end; one that brought a value into an input has none at the other end either. */
function plain(edge: FlowEdge, atLoop: 'sourceHandle' | 'targetHandle'): FlowEdge {
  const { sourceHandle, targetHandle, ...rest } = edge;
  const isValue = typeof sourceHandle === 'string' && typeof targetHandle === 'string';
  const ends = { ...rest, source: edge.source, target: edge.target };
  if (isValue) return ends;
  if (atLoop === 'sourceHandle') return typeof targetHandle === 'string' ? { ...ends, targetHandle } : ends;
  return typeof sourceHandle === 'string' ? { ...ends, sourceHandle } : ends;
}

/** The steps that come behind one of those and before another. */
function stepsBetween({ nodes, edges }: FlowDocument, chosen: ReadonlySet<string>): readonly string[] {
  const links = [
    ...edges.map(({ source, target }) => [source, target] as const),
    ...nodes.flatMap(({ id, data }) => [...readNodes(data)].map((source) => [source, id] as const)),
  ];
  const behind = reached(chosen, links);
  const before = reached(
    chosen,
    links.map(([source, target]) => [target, source] as const),
  );
  return nodes.flatMap(({ id }) => (!chosen.has(id) && behind.has(id) && before.has(id) ? [id] : []));
}

function reached(
  from: ReadonlySet<string>,
  links: readonly (readonly [string, string])[],
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const [source, target] of links) next.set(source, [...(next.get(source) ?? []), target]);
  const found = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const target of next.get(id) ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  return found;
}

function leftmost(nodes: readonly FlowNode[]): number {
  return Math.min(...nodes.map(({ position }) => position?.x ?? 0));
}

function topmost(nodes: readonly FlowNode[]): number {
  return Math.min(...nodes.map(({ position }) => position?.y ?? 0));
}
