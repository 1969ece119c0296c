import type { NodeInput, NodeType } from '../../api/wire.ts';
import { bodyAt, bodyKind } from '../../graph/bodies.ts';
import { type FlowDocument, membersOf, readNodes } from '../../graph/document.ts';
import { fitsInput } from '../../graph/ports.ts';

/** What could stand in an input instead of a value. */
export interface Reference {
  readonly text: string;
  readonly label: string;
  /** The same inside of `{{ }}`. */
  readonly expression: string;
  /** Whether its type is known to fit. */
  readonly fits: boolean;
}

/**
 * What a step may read: the item of each loop around it, inputs of the workflow, and outputs of the steps that come before it, there
 * and around; the fitting ones first. Without a step: what is read when all steps inside have ended.
 */
export function referencesFor(
  root: FlowDocument,
  inside: readonly string[],
  types: ReadonlyMap<string, NodeType>,
  nodeId: string | undefined,
  input: NodeInput,
): readonly Reference[] {
  const found: Reference[] = [];
  let step = nodeId;
  for (let level = inside.length; level >= 0; level--) {
    const path = inside.slice(0, level);
    const document = bodyAt(root, path);
    found.push(...outputsBefore(document, types, step, input));
    const holder = level === 0 ? undefined : holderOf(root, path);
    if (holder !== undefined && bodyKind(holder) === 'loop')
      found.push(
        { ...itemOf('item', 'the item'), fits: true },
        { ...itemOf('index', 'its number from 0'), fits: /number|integer|any/.test(input.type) },
      );
    // A sub-workflow sees its own inputs, and nothing around it.
    if (holder !== undefined && bodyKind(holder) === 'once')
      return sorted([...inputsOf(membersOf(holder.data.inputs), input), ...found]);
    step = path.at(-1);
  }
  return sorted([...inputsOf(root.inputs ?? {}, input), ...found]);
}

function holderOf(root: FlowDocument, path: readonly string[]) {
  return bodyAt(root, path.slice(0, -1)).nodes.find(({ id }) => id === path.at(-1));
}

function itemOf(name: string, what: string): Omit<Reference, 'fits'> {
  return { text: `{{ ${name} }}`, expression: name, label: `${name} (${what})` };
}

function sorted(references: readonly Reference[]): readonly Reference[] {
  return [...references].sort((a, b) => Number(b.fits) - Number(a.fits));
}

function inputsOf(inputs: Readonly<Record<string, unknown>>, input: NodeInput): readonly Reference[] {
  return Object.entries(inputs).map(([name, declared]) => {
    const { type: declaredType } = membersOf(declared);
    const type = typeof declaredType === 'string' ? declaredType : 'any';
    return {
      text: `$input:${name}`,
      expression: `workflow.input.${name}`,
      label: `input › ${name}`,
      fits: type === 'any' || input.type === 'any' || input.type.split(' | ').includes(type),
    };
  });
}

function outputsBefore(
  document: FlowDocument,
  types: ReadonlyMap<string, NodeType>,
  nodeId: string | undefined,
  input: NodeInput,
): readonly Reference[] {
  const earlier =
    nodeId === undefined ? new Set(document.nodes.map(({ id }) => id)) : before(document, nodeId);
  return document.nodes
    .filter(({ id }) => earlier.has(id))
    .flatMap((node) =>
      (types.get(node.type)?.outputs ?? []).map((output) => ({
        text: `$from:${node.id}:$output:${output.name}`,
        expression: `${inExpression(node.id)}.${output.name}`,
        label: `${node.id} › ${output.name}`,
        fits: fitsInput(output, input),
      })),
    );
}

function inExpression(id: string): string {
  return /^[A-Za-z_][\w-]*$/.test(id) ? `nodes.${id}` : `nodes[${JSON.stringify(id)}]`;
}

/** The steps that may be over when a step begins: all that it does not lead to. */
function before({ nodes, edges }: FlowDocument, nodeId: string): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  const lead = (source: string, target: string) => next.set(source, [...(next.get(source) ?? []), target]);
  for (const { source, target } of edges) lead(source, target);
  for (const node of nodes) for (const source of readNodes(node.data)) lead(source, node.id);
  const behind = new Set([nodeId]);
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const other of next.get(id) ?? []) if (!behind.has(other)) open.push(behind.add(other) && other);
  return new Set(nodes.map(({ id }) => id).filter((id) => !behind.has(id)));
}
