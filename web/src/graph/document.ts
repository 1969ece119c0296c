import type { Value, ValueObject } from '../api/wire.ts';

/** A workflow as its author wrote it, with all that the page does not know of. */
export interface FlowDocument {
  readonly workflowId?: string;
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, FlowInput>>;
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly [member: string]: unknown;
}

export interface FlowInput {
  readonly type?: string;
  readonly description?: string;
  readonly default?: Value;
}

export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly data: ValueObject;
  readonly position?: { readonly x: number; readonly y: number };
  readonly label?: string;
  readonly [member: string]: unknown;
}

export interface FlowEdge {
  readonly source: string;
  readonly target: string;
  readonly sourceHandle?: string | null;
  readonly targetHandle?: string | null;
  readonly [member: string]: unknown;
}

export const emptyDocument: FlowDocument = { nodes: [], edges: [] };

/** Any JSON as a document: what is no list of nodes or edges becomes one, all else stays as it is. */
export function readDocument(value: unknown): FlowDocument {
  const given = membersOf(value);
  const nodes = Array.isArray(given.nodes)
    ? given.nodes
    : Object.entries(membersOf(given.nodes)).map(([id, node]) => ({ id, ...membersOf(node) }));
  const edges = Array.isArray(given.edges) ? given.edges : [];
  return {
    ...given,
    nodes: nodes.map(membersOf).map((node, index) => {
      const { config, ...rest } = node;
      const id = typeof node.id === 'string' ? node.id : `node${index + 1}`;
      return { ...rest, id, type: textOf(node.type), data: membersOf(node.data ?? config) };
    }),
    edges: edges
      .map(membersOf)
      .map((edge) => ({ ...edge, source: textOf(edge.source), target: textOf(edge.target) })),
  };
}

/** The members of what is an object; none of anything else. */
export function membersOf(value: unknown): ValueObject {
  return isMembers(value) ? value : {};
}

function isMembers(value: unknown): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An id no other node has, from the name of a type: `sound`, `sound2`. */
export function freeId(taken: ReadonlySet<string>, type: string): string {
  const words = type.split(/_|(?=[A-Z])/).map((word) => word.toLowerCase());
  const base =
    words.at(words.length > 1 && /^(create|set|get|add|make|for)$/.test(words[0] ?? '') ? -1 : 0) ?? 'node';
  return numbered(taken, base);
}

/** The name, or the name with the first number that makes it free. */
export function numbered(taken: ReadonlySet<string>, base: string): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}

export function withNode(
  document: FlowDocument,
  id: string,
  change: (node: FlowNode) => FlowNode,
): FlowDocument {
  return { ...document, nodes: document.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

export function withInput(
  document: FlowDocument,
  id: string,
  name: string,
  value: Value | undefined,
): FlowDocument {
  return withNode(document, id, (node) => {
    const { [name]: _, ...others } = node.data;
    return { ...node, data: value === undefined ? others : { ...node.data, [name]: value } };
  });
}

/** Without these nodes, the edges at them, and without these edges. */
export function withoutParts(
  document: FlowDocument,
  nodeIds: ReadonlySet<string>,
  edgeIds: ReadonlySet<string>,
): FlowDocument {
  return {
    ...document,
    nodes: document.nodes.filter(({ id }) => !nodeIds.has(id)),
    edges: document.edges.filter(
      (edge) => !edgeIds.has(edgeId(edge)) && !nodeIds.has(edge.source) && !nodeIds.has(edge.target),
    ),
  };
}

/** The same ends, the same id. */
export function edgeId({ source, target, sourceHandle, targetHandle }: FlowEdge): string {
  return `${source}.${sourceHandle ?? ''}>${target}.${targetHandle ?? ''}`;
}

/** The ids of nodes that values read as `$from:<node>:$output`. */
export function readNodes(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, id = ''] of JSON.stringify(value ?? null).matchAll(/\$from:(.+?):\$(?:output|error)/g))
    found.add(id);
  return found;
}
