import { type WireKind, wires } from '../../../core/wiring.ts';
import type { NodeKind } from '../../nodes/node-kind.ts';
import { type JsonType, jsonTypes, layers, mayBeAbsent, membersOf, type Schema } from './schema-kinds.ts';

/** What the compiler knows of a node kind, read once from its schemas. */
export interface NodeShape {
  readonly kind: NodeKind;
  readonly fields: ReadonlyMap<string, InputField>;
  readonly required: readonly InputField[];
  /** Outputs that take part in auto-wiring: registered ones that are always there. */
  readonly outputs: readonly WiredOutput[];
}

export interface InputField {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly wire: WireKind | undefined;
  /** The JSON types the field takes; undefined when that is not known. */
  readonly types: ReadonlySet<JsonType> | undefined;
}

export interface WiredOutput {
  /** Dotted: `object.id`. */
  readonly path: string;
  readonly wire: WireKind;
}

const shapes = new WeakMap<NodeKind, NodeShape>();

/** The shape of a kind. Read once: kinds are frozen. */
export function shapeOf(kind: NodeKind): NodeShape {
  const known = shapes.get(kind);
  if (known !== undefined) return known;
  const fields = Object.entries(membersOf(kind.input, 'input') ?? {}).map(([name, schema]) =>
    field(name, schema),
  );
  const shape: NodeShape = {
    kind,
    fields: new Map(fields.map((known) => [known.name, known])),
    required: fields.filter(({ required }) => required),
    // What a destroying node names is gone by the time another node could use it.
    outputs: kind.effect === 'destroy' ? [] : wiredOutputs(kind.output, ''),
  };
  shapes.set(kind, shape);
  return shape;
}

/** The kind a schema is registered with, on itself or on what it wraps. */
export function wireOf(schema: Schema, side: 'input' | 'output'): WireKind | undefined {
  for (const layer of layers(schema, side)) {
    const wire = wires.get(layer);
    if (wire !== undefined) return wire;
  }
  return undefined;
}

/** Whether a value of one kind may feed an input of another: same kind, and types in common where both name some. */
export function fits(output: WireKind, input: WireKind): boolean {
  if (output.kind !== 'object' || input.kind !== 'object') return output.kind === input.kind;
  if (output.types === undefined || input.types === undefined) return true;
  return output.types.some((type) => input.types?.includes(type));
}

function field(name: string, schema: Schema): InputField {
  const required = !mayBeAbsent(schema, 'input');
  return { name, schema, required, wire: wireOf(schema, 'input'), types: jsonTypes(schema, 'input') };
}

/** Deeper objects hold details about something, not what the node is about. */
const deepestOutput = 3;

function wiredOutputs(schema: Schema, prefix: string, depth = 1): WiredOutput[] {
  const members = Object.entries(membersOf(schema, 'output') ?? {}).filter(
    ([, member]) => !mayBeAbsent(member, 'output'),
  );
  // `id` and `objectId` of one object are one value.
  const twins = members.some(
    ([name, member]) => name === 'objectId' && wireOf(member, 'output') !== undefined,
  );
  return members.flatMap(([name, member]) => {
    const path = prefix + name;
    const wire = twins && name === 'id' ? undefined : wireOf(member, 'output');
    if (wire !== undefined) return [{ path, wire }];
    return depth < deepestOutput ? wiredOutputs(member, `${path}.`, depth + 1) : [];
  });
}
