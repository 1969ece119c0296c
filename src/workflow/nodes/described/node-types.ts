import { z } from 'zod';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../../core/json.ts';
import type { WireKind } from '../../../core/wiring.ts';
import { shapeOf } from '../../compiler/schema/node-shape.ts';
import type { NodeEffect, NodeKind, Port } from '../node-kind.ts';

/** A kind of node as the author of a workflow sees it. */
export type NodeType = {
  /** What to write as a node's `type`; the alias does as well. */
  readonly type: string;
  readonly alias: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly toolset: string;
  readonly effect: NodeEffect;
  readonly inputs: readonly NodeInput[];
  /** Alternatives: one of these groups of inputs must be complete. */
  readonly oneOf?: readonly (readonly string[])[];
  readonly outputs: readonly NodeOutput[];
  /** Handles its edges may leave from beside its outputs: `error` is followed when the node fails. */
  readonly ports: readonly Port[];
};

export type NodeInput = {
  readonly name: string;
  /** JSON type, `any` when it takes several kinds of value. */
  readonly type: string;
  readonly required: boolean;
  readonly description?: string;
  readonly enum?: readonly Json[];
  readonly default?: Json;
  /** Wired automatically, when required and left out, to the nearest upstream output of this kind. */
  readonly wire?: WireKind;
};

export type NodeOutput = {
  /** As references name it: `$from:<node>:$output:<name>`. */
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  /** May feed an input of this kind automatically. `path` says which part of the output does, when not the whole. */
  readonly wire?: { readonly path: string; readonly kind: WireKind };
};

/** The catalogue of node types: one per kind, in this order. */
export function nodeTypes(kinds: readonly NodeKind[]): NodeType[] {
  return kinds.map((kind) => {
    const { type, aliases, title, description, toolset, effect, oneOf } = kind;
    return {
      type,
      alias: aliases[0] ?? type,
      title,
      description: firstSentence(description),
      toolset,
      effect,
      inputs: inputsOf(kind),
      ...(oneOf === undefined ? {} : { oneOf }),
      outputs: outputsOf(kind),
      ports: kind.ports,
    };
  });
}

/** The JSON Schema (draft 2020-12) of a kind's or command's input or output. */
export function jsonSchemaOf<S extends 'input' | 'output'>(
  owner: Readonly<Record<S, z.ZodType>>,
  side: S,
): JsonObject {
  const schema = z.toJSONSchema(owner[side], { io: side, target: 'draft-2020-12', unrepresentable: 'any' });
  const plain: unknown = JSON.parse(JSON.stringify(schema));
  return asJsonObject(plain);
}

function inputsOf(kind: NodeKind): NodeInput[] {
  const { fields } = shapeOf(kind);
  const schema = jsonSchemaOf(kind, 'input');
  return Object.entries(asJsonObject(schema.properties)).map(([name, property]) => {
    const { type, description } = describe(property);
    const field = fields.get(name);
    const choices = asJsonObject(property).enum;
    const preset = asJsonObject(property).default;
    return {
      name,
      type,
      required: field?.required ?? asJsonArray(schema.required).includes(name),
      ...(description === undefined ? {} : { description }),
      ...(Array.isArray(choices) ? { enum: choices } : {}),
      ...(preset === undefined ? {} : { default: preset }),
      ...(field?.wire === undefined ? {} : { wire: field.wire }),
    };
  });
}

function outputsOf(kind: NodeKind): NodeOutput[] {
  const { outputs } = shapeOf(kind);
  const schema = jsonSchemaOf(kind, 'output');
  return Object.entries(asJsonObject(schema.properties)).map(([name, property]) => {
    const { type, description } = describe(property);
    const wired = outputs.find(({ path }) => path === name || path.startsWith(`${name}.`));
    return {
      name,
      type,
      ...(description === undefined ? {} : { description }),
      ...(wired === undefined ? {} : { wire: { path: wired.path, kind: wired.wire } }),
    };
  });
}

function describe(property: Json | undefined): { readonly type: string; readonly description?: string } {
  const schema = asJsonObject(property);
  const description = asString(schema.description);
  return { type: typeOf(schema), ...(description === undefined ? {} : { description }) };
}

function typeOf(schema: JsonObject): string {
  const { type } = schema;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.join(' | ');
  const options = [...asJsonArray(schema.anyOf), ...asJsonArray(schema.oneOf)].filter(isJsonObject);
  const types = new Set(options.map(typeOf));
  return types.size === 0 || types.has('any') ? 'any' : [...types].join(' | ');
}

/** A sentence ends at a full stop before a capital; `2025.1` and `e.g. this` go on. */
function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+[A-Z]|\s*$)/s.exec(text)?.[0] ?? text;
}
