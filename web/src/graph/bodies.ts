import type { ValueObject } from '../api/wire.ts';
import { type FlowDocument, type FlowNode, membersOf, readDocument } from './document.ts';

/** How often the steps inside of a step are executed: for each item of a list, or once. */
export type BodyKind = 'loop' | 'once';

const holders: Readonly<Record<string, BodyKind>> = {
  for_each: 'loop',
  forEach: 'loop',
  loop: 'loop',
  subworkflow: 'once',
  subWorkflow: 'once',
  sub_workflow: 'once',
};

/** Whether a step holds steps; a sub-workflow of the library has them elsewhere. */
export function bodyKind({ type, data }: Pick<FlowNode, 'type' | 'data'>): BodyKind | undefined {
  const kind = holders[type];
  return kind === 'once' && typeof data.workflow === 'string' ? undefined : kind;
}

/** The body of the same data is the same document, so that cards which stay are not drawn again. */
const known = new WeakMap<ValueObject, FlowDocument>();

/** The steps inside of a step, as a document of their own. */
export function bodyOf({ data }: Pick<FlowNode, 'data'>): FlowDocument {
  const kept = known.get(data);
  if (kept !== undefined) return kept;
  const body = readDocument({ nodes: data.nodes ?? [], edges: data.edges ?? [] });
  known.set(data, body);
  return body;
}

/** The step with other steps inside. */
export function withBody(node: FlowNode, { nodes, edges }: FlowDocument): FlowNode {
  const data: ValueObject = { ...node.data, nodes: nodes.map(membersOf), edges: edges.map(membersOf) };
  known.set(data, { nodes, edges });
  return { ...node, data };
}

/** The steps at the end of a path of steps that hold them: the document itself for none. */
export function bodyAt(document: FlowDocument, inside: readonly string[]): FlowDocument {
  return inside.reduce((outer, id) => {
    const holder = outer.nodes.find((node) => node.id === id);
    return holder === undefined ? { nodes: [], edges: [] } : bodyOf(holder);
  }, document);
}

/** The document with other steps at the end of that path. */
export function withBodyAt(
  document: FlowDocument,
  inside: readonly string[],
  body: FlowDocument,
): FlowDocument {
  const [first, ...rest] = inside;
  if (first === undefined) return body;
  return {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === first ? withBody(node, withBodyAt(bodyOf(node), rest, body)) : node,
    ),
  };
}

/** As much of the path as the document has. */
export function pathThatIsThere(document: FlowDocument, inside: readonly string[]): readonly string[] {
  let outer = document;
  const path: string[] = [];
  for (const id of inside) {
    const holder = outer.nodes.find((node) => node.id === id);
    if (holder === undefined || bodyKind(holder) === undefined) break;
    path.push(id);
    outer = bodyOf(holder);
  }
  return path;
}

/** The steps on the way to where a JSON pointer leads, the outermost first; none where it leads into no step. */
export function pathOfPointer(document: FlowDocument, pointer: string): readonly string[] {
  const path: string[] = [];
  let outer = document;
  for (const [, part = ''] of pointer.matchAll(/\/nodes\/([^/]+)/g)) {
    const node = outer.nodes[Number(part)] ?? outer.nodes.find(({ id }) => id === part);
    if (node === undefined) return path;
    path.push(node.id);
    if (bodyKind(node) === undefined) return path;
    outer = bodyOf(node);
  }
  return path;
}

/** Every id in the document, inside of steps as well. */
export function allIds({ nodes }: FlowDocument): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const node of nodes) {
    ids.add(node.id);
    if (bodyKind(node) !== undefined) for (const id of allIds(bodyOf(node))) ids.add(id);
  }
  return ids;
}

/** The document with every body changed, the innermost first, and itself last. */
export function eachBody(document: FlowDocument, change: (part: FlowDocument) => FlowDocument): FlowDocument {
  const nodes = document.nodes.map((node) =>
    bodyKind(node) === undefined || node.data.nodes === undefined
      ? node
      : withBody(node, eachBody(bodyOf(node), change)),
  );
  return change({ ...document, nodes });
}

/** Where a step of a run is drawn, and of which items it is. */
export interface Place {
  readonly inside: readonly string[];
  readonly items: readonly (number | null)[];
  readonly id: string;
}

/** The place of what a run calls `each[3].step` or `sub.step`. */
export function placeOf(document: FlowDocument, idInRun: string): Place {
  const inside: string[] = [];
  const items: (number | null)[] = [];
  let outer = document;
  let rest = idInRun;
  for (;;) {
    const holder = outer.nodes.find(
      (node) =>
        bodyKind(node) !== undefined &&
        rest.startsWith(node.id) &&
        /^(?:\[\d*\])?\../.test(rest.slice(node.id.length)),
    );
    if (holder === undefined) return { inside, items, id: rest };
    const [whole = '', digits = ''] = /^(?:\[(\d*)\])?\./.exec(rest.slice(holder.id.length)) ?? [];
    inside.push(holder.id);
    items.push(digits === '' ? null : Number(digits));
    rest = rest.slice(holder.id.length + whole.length);
    outer = bodyOf(holder);
  }
}
