import type { Edge, Node } from '@xyflow/react';
import type { NodeInput, NodeType, Plan, PlanNode, Value } from '../api/wire.ts';
import { inShort } from '../ui/words.ts';
import { type BodyKind, bodyKind, bodyOf } from './bodies.ts';
import { cardHandles, cardHeight, cardWidth } from './card-size.ts';
import { edgeId, type FlowDocument, type FlowNode, membersOf, readNodes } from './document.ts';
import { wholeNode, wireWords } from './ports.ts';

/** What a card shows of a node. */
export interface CardData extends Record<string, unknown> {
  readonly node: FlowNode;
  readonly type: NodeType | undefined;
  readonly rows: readonly Row[];
  readonly outlets: readonly Outlet[];
  /** Of a step that holds steps: how often they are executed, and which they are. */
  readonly body: BodyKind | undefined;
  readonly steps: readonly HeldStep[];
}

/** A step inside of a step. */
export interface HeldStep {
  readonly id: string;
  readonly title: string;
  readonly effect: string;
}

/** An input with what is in it. */
export interface Row {
  readonly name: string;
  readonly text: string;
  readonly how: 'value' | 'reference' | 'edge' | 'automatic' | 'alternative' | 'missing';
  readonly description: string;
}

/** An output, or a way out of a branch. */
export interface Outlet {
  readonly name: string;
  readonly isPort: boolean;
  readonly description: string;
}

export type CardNode = Node<CardData, 'card'>;

const mostRows = 7;

/** The cards and wires of a document, `added` by the compiler among them; a card that would be the same as before is the same. */
export function deriveGraph(
  document: FlowDocument,
  types: ReadonlyMap<string, NodeType>,
  before: ReadonlyMap<string, CardNode>,
  added: readonly Pick<AddedEdge, 'source' | 'target' | 'kind'>[] = [],
): { readonly nodes: CardNode[]; readonly edges: Edge[] } {
  const used = usedHandles(document);
  const nodes = document.nodes.map((node, index): CardNode => {
    const position = node.position ?? { x: (index % 6) * 290, y: Math.floor(index / 6) * 190 };
    const handles = used.get(node.id);
    const known = before.get(node.id);
    const mark = `${[...(handles?.in ?? [])].join()}|${[...(handles?.out ?? [])].join()}`;
    if (known !== undefined && known.data.node.data === node.data && known.data.node.type === node.type) {
      const isSame = known.data.mark === mark && known.data.type === types.get(node.type);
      const isThere = known.position.x === position.x && known.position.y === position.y;
      if (isSame && isThere && known.data.node === node) return known;
      if (isSame) return { ...known, position, data: { ...known.data, node } };
    }
    const data = cardData(node, types, handles, mark);
    return {
      ...(known?.selected === true ? { selected: true } : {}),
      ...{ id: node.id, type: 'card', position, data, ...sizeOf(data) },
      ariaLabel: `${node.id}, ${types.get(node.type)?.title ?? node.type}`,
    };
  });
  return { nodes, edges: wiresOf(document, new Map(nodes.map((node) => [node.id, node.data])), added) };
}

/** With its size and its ports said, nothing of a card is measured when it is drawn. */
function sizeOf(data: CardData) {
  const size = { width: cardWidth, height: cardHeight(data) };
  return { ...size, measured: size, handles: cardHandles(data) };
}

interface Handles {
  readonly in: Set<string>;
  readonly out: Set<string>;
}

function usedHandles({ nodes, edges }: FlowDocument): ReadonlyMap<string, Handles> {
  const used = new Map(nodes.map(({ id }) => [id, { in: new Set<string>(), out: new Set<string>() }]));
  for (const { source, target, sourceHandle, targetHandle } of edges) {
    if (typeof sourceHandle === 'string') used.get(source)?.out.add(sourceHandle);
    if (typeof targetHandle === 'string') used.get(target)?.in.add(targetHandle);
  }
  return used;
}

function cardData(
  node: FlowNode,
  types: ReadonlyMap<string, NodeType>,
  handles: Handles | undefined,
  mark: string,
): CardData & { readonly mark: string } {
  const type = types.get(node.type);
  const body = bodyKind(node);
  const inputs: readonly NodeInput[] =
    type?.inputs ?? Object.keys(node.data).map((name) => ({ name, type: 'any', required: false }));
  const has = (name: string) => node.data[name] !== undefined || handles?.in.has(name) === true;
  // Of alternatives those are asked for that nothing has been said of yet.
  const isOpen = (type?.oneOf ?? []).some((group) => group.every(has));
  const choices = isOpen ? [] : (type?.oneOf?.flat() ?? []);
  const rows = inputs
    .filter(({ name }) => body === undefined || !isBodyInput(name))
    .filter(({ name, required }) => required || has(name) || choices.includes(name))
    .map((input) => rowOf(input, node.data[input.name], handles?.in.has(input.name) === true))
    .map((row) =>
      row.how === 'missing' && choices.includes(row.name)
        ? { ...row, how: 'alternative' as const, text: 'or this' }
        : row,
    )
    .slice(0, mostRows);
  const outputs = (type?.outputs ?? []).filter(
    ({ name, wire }) => wire !== undefined || handles?.out.has(name) === true,
  );
  const values = outputs.map(({ name, description = '' }) => ({ name, isPort: false, description }));
  const known = new Set(values.map(({ name }) => name));
  const others = [
    ...casesOf(node, type),
    ...[...(handles?.out ?? [])].filter((name) => name !== wholeNode.source),
  ];
  const ways = [...new Set(others)].filter((name) => !known.has(name));
  const outlets = [
    ...values,
    ...ways.map((name) => ({ name, isPort: true, description: wayWords[name] ?? `When “${name}” is taken` })),
  ].slice(0, mostRows);
  const steps = body === undefined ? [] : bodyOf(node).nodes.map((step) => heldStep(step, types));
  return { node, type, rows, outlets, body, steps, mark };
}

function heldStep({ id, type }: FlowNode, types: ReadonlyMap<string, NodeType>): HeldStep {
  const known = types.get(type);
  return { id, title: known?.title ?? type, effect: known?.effect ?? 'none' };
}

/** The inputs that are drawn as steps instead. */
export function isBodyInput(name: string): boolean {
  return name === 'nodes' || name === 'edges';
}

const wayWords: Readonly<Record<string, string>> = {
  error: 'When it fails',
  true: 'When the condition holds',
  false: 'When it does not hold',
  else: 'When no other is taken',
};

/** The ways out of a branch, as its data name them. */
function casesOf(node: FlowNode, type: NodeType | undefined): readonly string[] {
  if (type?.type !== 'branch') return [];
  if (Array.isArray(node.data.cases))
    return [...node.data.cases.map((one) => String(membersOf(one).name ?? '')), 'else'].filter(
      (name) => name !== '',
    );
  return node.data.value !== undefined ? ['else'] : ['true', 'false'];
}

function rowOf({ name, wire, description = '' }: NodeInput, value: Value | undefined, isWired: boolean): Row {
  if (isWired) return { name, text: 'from the wire', how: 'edge', description };
  if (value !== undefined) {
    const text = inShort(value, 40);
    const isReference = /^\$(from|input|var|item)|\{\{/.test(text);
    return {
      name,
      text: isReference ? shortReference(text) : text,
      how: isReference ? 'reference' : 'value',
      description,
    };
  }
  if (wire !== undefined) return { name, text: `nearest ${wireWords(wire)}`, how: 'automatic', description };
  return { name, text: 'not set', how: 'missing', description };
}

/** `$from:sound:$output:objectId` as `sound › objectId`. */
export function shortReference(text: string): string {
  return text.replace(/^\$from:(.+?):\$output:?/, '$1 › ').replace(/^\$input:/, 'input › ');
}

/** The edges of the author, and those that references mean: here as they are written, in expressions as the compiler read them. */
function wiresOf(
  document: FlowDocument,
  cards: ReadonlyMap<string, CardData>,
  added: readonly Pick<AddedEdge, 'source' | 'target' | 'kind'>[],
): Edge[] {
  const drawn = new Set<string>();
  const wires = document.edges
    .filter(({ source, target }) => cards.has(source) && cards.has(target))
    .map((edge): Edge => {
      drawn.add(`${edge.source}>${edge.target}`);
      const { outlets = [] } = cards.get(edge.source) ?? {};
      const { rows = [] } = cards.get(edge.target) ?? {};
      const isOutlet = outlets.some(({ name }) => name === edge.sourceHandle);
      const isRow = rows.some(({ name }) => name === edge.targetHandle);
      return {
        ...{ id: edgeId(edge), source: edge.source, target: edge.target, type: 'wire' },
        sourceHandle: isOutlet ? (edge.sourceHandle ?? null) : wholeNode.source,
        targetHandle: isRow ? (edge.targetHandle ?? null) : wholeNode.target,
        ...(edge.sourceHandle === 'error' ? { className: 'wire-error' } : {}),
      };
    });
  const written = document.nodes.flatMap(({ id, data }) =>
    [...readNodes(data)].map((source) => ({ source, target: id })),
  );
  const compiled = added.filter(({ kind }) => kind === 'reference');
  const read = [...written, ...compiled].flatMap(({ source, target }): Edge[] => {
    const ends = `${source}>${target}`;
    if (source === target || !cards.has(source) || !cards.has(target) || drawn.has(ends)) return [];
    drawn.add(ends);
    return [
      {
        ...{ id: `reads:${ends}`, source, target, type: 'wire' },
        ...{ sourceHandle: wholeNode.source, targetHandle: wholeNode.target, className: 'wire-reads' },
        ...{ selectable: false, deletable: false, focusable: false },
      },
    ];
  });
  return [...wires, ...read];
}

type AddedEdge = Plan['addedEdges'][number];

/** A plan as a document, to draw a run whose document nobody has here. */
export function documentOf(plan: Pick<Plan, 'workflowId' | 'nodes' | 'name'>): FlowDocument {
  return {
    workflowId: plan.workflowId,
    ...(plan.name === undefined ? {} : { name: plan.name }),
    ...partOf(plan.nodes),
  };
}

function partOf(nodes: readonly PlanNode[]): Pick<FlowDocument, 'nodes' | 'edges'> {
  return {
    nodes: nodes.map(({ id, type, input, body }): FlowNode => {
      if (body === undefined) return { id, type, data: input };
      const inner = partOf(body.nodes);
      // What stands for its steps is no longer the name of a workflow.
      const { workflow: _, ...data } = input;
      return {
        id,
        type,
        data: { ...data, nodes: inner.nodes.map(membersOf), edges: inner.edges.map(membersOf) },
      };
    }),
    edges: nodes.flatMap(({ id, after }) => after.map((source) => ({ source, target: id }))),
  };
}
