import type { NodeInput, NodeType, Value } from '../../api/wire.ts';
import { type FlowDocument, readNodes } from '../../graph/document.ts';
import { fitsInput } from '../../graph/ports.ts';

/** How an input is asked for. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'object' | 'file' | 'json';

export function fieldKind({ name, type, description = '', enum: choices, wire }: NodeInput): FieldKind {
  if (choices !== undefined) return 'choice';
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  if (/file|folder|wav/i.test(name) && /path$|^(file|folder)/i.test(name) && type === 'string') return 'file';
  if (type === 'string') return wire !== undefined || /GUID|Type:Name/.test(description) ? 'object' : 'text';
  return /\bstring\b/.test(type) && !/object|array/.test(type) ? 'text' : 'json';
}

/** Text that somebody typed as the value of an input. What is no value of the type stays text, and the compiler says so. */
export function parsedValue(text: string, kind: FieldKind): Value | undefined {
  if (text === '') return undefined;
  if (isReference(text)) return text;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (kind !== 'json') return text;
  try {
    const value: Value = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

export function textOf(value: Value | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, typeof value === 'object' ? 1 : 0);
}

export function isReference(text: string): boolean {
  return text.startsWith('$') || text.includes('{{');
}

/** What could stand in an input instead of a value. */
export interface Reference {
  readonly text: string;
  readonly label: string;
  /** Whether its type is known to fit. */
  readonly fits: boolean;
}

/** Inputs of the workflow and outputs of the steps that come before a step, the fitting ones first. */
export function referencesFor(
  document: FlowDocument,
  types: ReadonlyMap<string, NodeType>,
  nodeId: string,
  input: NodeInput,
): readonly Reference[] {
  const earlier = before(document, nodeId);
  const outputs = document.nodes
    .filter(({ id }) => earlier.has(id))
    .flatMap((node) =>
      (types.get(node.type)?.outputs ?? []).map((output) => ({
        text: `$from:${node.id}:$output:${output.name}`,
        label: `${node.id} › ${output.name}`,
        fits: fitsInput(output, input),
      })),
    );
  const inputs = Object.entries(document.inputs ?? {}).map(([name, { type = 'any' }]) => ({
    text: `$input:${name}`,
    label: `input › ${name}`,
    fits: type === 'any' || input.type === 'any' || input.type.split(' | ').includes(type),
  }));
  return [...inputs, ...outputs].sort((a, b) => Number(b.fits) - Number(a.fits));
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
