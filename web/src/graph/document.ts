import type { PatchOperation, Value, ValueObject } from '../api/wire.ts';

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

/** What the server runs and keeps: the document without what only concerns drawing here. */
export function withoutPositions(document: FlowDocument): FlowDocument {
  return {
    ...document,
    nodes: document.nodes.map(({ position: _, ...node }) => ({
      ...node,
      id: node.id,
      type: node.type,
      data: node.data,
    })),
  };
}

/** An id no other node has, from the name of a type: `sound`, `sound2`. */
export function freeId(document: FlowDocument, type: string): string {
  const taken = new Set(document.nodes.map(({ id }) => id));
  const words = type.split(/_|(?=[A-Z])/).map((word) => word.toLowerCase());
  const base =
    words.at(words.length > 1 && /^(create|set|get|add|make)$/.test(words[0] ?? '') ? -1 : 0) ?? 'node';
  return numbered(taken, base);
}

function numbered(taken: ReadonlySet<string>, base: string): string {
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

/** A node under another name: edges and references follow. */
export function renamed(document: FlowDocument, from: string, to: string): FlowDocument {
  const name = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const references = new RegExp(`\\$from:${name}(?=:\\$)`, 'g');
  const members = new RegExp(`(?<![\\w.])nodes(?:\\.${name}(?![\\w-])|\\[(["'])${name}\\1\\])`, 'g');
  const inExpression = /^[A-Za-z_]\w*$/.test(to) ? `nodes.${to}` : `nodes[${JSON.stringify(to)}]`;
  const follow = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value
        .replace(references, () => `$from:${to}`)
        .replace(/\{\{[\s\S]*?\}\}/g, (expression) => expression.replace(members, () => inExpression));
    if (Array.isArray(value)) return value.map(follow);
    if (isMembers(value))
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, follow(member)]));
    return value;
  };
  return {
    ...document,
    nodes: document.nodes.map((node) => ({
      ...node,
      id: node.id === from ? to : node.id,
      data: membersOf(follow(node.data)),
    })),
    edges: document.edges.map((edge) => ({
      ...edge,
      source: edge.source === from ? to : edge.source,
      target: edge.target === from ? to : edge.target,
    })),
  };
}

/** Copies of nodes and the edges between them, beside the others, under ids of their own. */
export function withCopies(
  document: FlowDocument,
  copied: Pick<FlowDocument, 'nodes' | 'edges'>,
  at: { readonly x: number; readonly y: number },
): { readonly document: FlowDocument; readonly ids: readonly string[] } {
  let part: FlowDocument = { nodes: copied.nodes, edges: copied.edges };
  const taken = new Set(document.nodes.map(({ id }) => id));
  const ids: string[] = [];
  const left = Math.min(...copied.nodes.map(({ position }) => position?.x ?? 0));
  const top = Math.min(...copied.nodes.map(({ position }) => position?.y ?? 0));
  for (const { id } of copied.nodes) {
    const others = new Set([...taken, ...part.nodes.map((node) => node.id)]);
    const free = taken.has(id) ? numbered(others, id.replace(/(?<=.)\d+$/, '')) : id;
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

/** A document after a JSON Patch (RFC 6902), of the few operations that suggestions have. */
export function patched(document: FlowDocument, operations: readonly PatchOperation[]): FlowDocument {
  let value: unknown = structuredClone(document);
  for (const operation of operations) {
    if (operation.op === 'move') {
      const moved = valueAt(value, operation.from);
      value = put(put(value, operation.from, undefined, 'remove'), operation.path, moved, 'add');
    } else {
      value = put(
        value,
        operation.path,
        operation.op === 'remove' ? undefined : operation.value,
        operation.op,
      );
    }
  }
  return readDocument(value);
}

function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(value: unknown, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>(
    (inner, part) => (Array.isArray(inner) ? inner[Number(part)] : membersOf(inner)[part]),
    value,
  );
}

function put(value: unknown, pointer: string, wanted: unknown, op: 'add' | 'replace' | 'remove'): unknown {
  const [part, ...rest] = partsOf(pointer);
  if (part === undefined) return wanted;
  const below = `${rest.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
  if (Array.isArray(value)) {
    const items: unknown[] = [...value];
    const index = part === '-' ? items.length : Number(part);
    if (rest.length > 0) items[index] = put(items[index], below, wanted, op);
    else if (op === 'remove') items.splice(index, 1);
    else if (op === 'add') items.splice(index, 0, wanted);
    else items[index] = wanted;
    return items;
  }
  const members: Record<string, unknown> = { ...membersOf(value) };
  if (rest.length > 0) members[part] = put(members[part], below, wanted, op);
  else if (op === 'remove') delete members[part];
  else members[part] = wanted;
  return members;
}
