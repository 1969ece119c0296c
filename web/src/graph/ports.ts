import type { NodeInput, NodeOutput, NodeType } from '../api/wire.ts';
import type { FlowDocument } from './document.ts';

/** A handle that stands for the whole node: order, and what its one fitting output is wired to. */
export const wholeNode = { source: 'out', target: 'in' } as const;

/** Two ends that somebody wants to connect; a handle is the name of an output, an input, a way out, or of the whole node. */
export interface WantedEdge {
  readonly source: string;
  readonly target: string;
  readonly sourceHandle: string | null;
  readonly targetHandle: string | null;
}

/** Why two ends cannot be connected, in a sentence; undefined where they can. */
export function whyNot(
  document: FlowDocument,
  types: ReadonlyMap<string, NodeType>,
  { source, target, sourceHandle, targetHandle }: WantedEdge,
): string | undefined {
  if (source === target) return 'A step cannot follow itself.';
  if (leadsTo(document, target, source))
    return `“${source}” comes after “${target}” already: this would go round in a circle.`;
  const [from, to] = [source, target].map((id) =>
    types.get(document.nodes.find((node) => node.id === id)?.type ?? ''),
  );
  const output = from?.outputs.find(({ name }) => name === sourceHandle);
  const input = to?.inputs.find(({ name }) => name === targetHandle);
  if (input === undefined || targetHandle === null) return undefined;
  if (output === undefined) {
    if (sourceHandle !== null && sourceHandle !== wholeNode.source)
      return `“${sourceHandle}” is a way out, and has no value for “${input.name}”: connect it to the step itself.`;
    const fits = from?.outputs.some((one) => fitsInput(one, input)) ?? true;
    return fits
      ? undefined
      : `No output of “${source}” fits “${input.name}” (${input.wire === undefined ? input.type : wireWords(input.wire)}).`;
  }
  if (fitsInput(output, input)) return undefined;
  return `“${output.name}” is ${inWords(output)}, and “${input.name}” takes ${inWords(input)}.`;
}

/** Whether the value of an output can be given to an input. */
export function fitsInput(output: NodeOutput, input: NodeInput): boolean {
  if (output.wire !== undefined && input.wire !== undefined) return fitsWire(output.wire.kind, input.wire);
  const given = output.type.split(' | ');
  const taken = input.type.split(' | ');
  if (given.includes('any') || taken.includes('any')) return true;
  return given.some((type) => taken.includes(type) || (type === 'integer' && taken.includes('number')));
}

type Wire = NonNullable<NodeInput['wire']>;

function fitsWire(given: Wire, taken: Wire): boolean {
  if (given.kind === 'file' || taken.kind === 'file') return given.kind === taken.kind;
  const { types = [] } = taken;
  return types.length === 0 || given.types === undefined || given.types.some((type) => types.includes(type));
}

/** A kind of value that wires lead, in words. */
export function wireWords(wire: Wire): string {
  if (wire.kind === 'file') return 'file';
  return wire.types === undefined || wire.types.length === 0 ? 'object' : wire.types.join(' or ');
}

function inWords(port: NodeInput | NodeOutput): string {
  const wire = port.wire === undefined ? undefined : 'path' in port.wire ? port.wire.kind : port.wire;
  return wire === undefined ? `a value of type ${port.type}` : `a ${wireWords(wire)}`;
}

/** Whether edges lead from one node to another. */
function leadsTo({ edges }: FlowDocument, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const { source, target } of edges) next.set(source, [...(next.get(source) ?? []), target]);
  const seen = new Set([from]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    for (const other of next.get(id) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return false;
}
