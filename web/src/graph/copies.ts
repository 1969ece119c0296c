import { type FlowDocument, numbered } from './document.ts';
import { renamed } from './rename.ts';

/** Copies of nodes and the edges between them, beside the others, under ids of their own. */
export function withCopies(
  document: FlowDocument,
  copied: Pick<FlowDocument, 'nodes' | 'edges'>,
  at: { readonly x: number; readonly y: number },
  others: ReadonlySet<string>,
): { readonly document: FlowDocument; readonly ids: readonly string[] } {
  let part: FlowDocument = { nodes: copied.nodes, edges: copied.edges };
  const taken = new Set(others);
  const ids: string[] = [];
  const left = Math.min(...copied.nodes.map(({ position }) => position?.x ?? 0));
  const top = Math.min(...copied.nodes.map(({ position }) => position?.y ?? 0));
  for (const { id } of copied.nodes) {
    const all = new Set([...taken, ...part.nodes.map((node) => node.id)]);
    const free = taken.has(id) ? numbered(all, id.replace(/(?<=.)\d+$/, '')) : id;
    part = free === id ? part : renamed(part, id, free);
    ids.push(free);
    taken.add(free);
  }
  const moved = part.nodes.map((node) => ({
    ...node,
    position: { x: at.x + (node.position?.x ?? 0) - left, y: at.y + (node.position?.y ?? 0) - top },
  }));
  return {
    document: {
      ...document,
      nodes: [...document.nodes, ...moved],
      edges: [...document.edges, ...part.edges],
    },
    ids,
  };
}
