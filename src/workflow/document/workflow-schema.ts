import { asJsonArray, asJsonObject, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { shapeOf } from '../compiler/schema/node-shape.ts';
import { conditionsSchema } from '../nodes/conditions/condition.ts';
import { jsonSchemaOf } from '../nodes/described/node-types.ts';
import type { NodeKind } from '../nodes/node-kind.ts';
import {
  LONGEST_TIMEOUT_MS,
  nodeOnErrors,
  paceNumbers,
  retryClasses,
  retryCodes,
  retryNumbers,
  runOnErrors,
} from './failure-policy.ts';
import { FORMAT_VERSION } from './format-version.ts';
import { workflowInputTypes } from './inputs.ts';
import { edgePresentation, nodePresentation, workflowPresentation } from './presentation.ts';

/**
 * The JSON Schema (draft 2020-12) of a workflow document, with one alternative per node type. It accepts what compiles, but
 * not only that: a missing input may be wired, and where a reference stands its value is not known.
 */
export function workflowSchema(kinds: readonly NodeKind[]): JsonObject {
  const definitions: Record<string, Json> = {
    ...{ reference, input: inputDeclaration, edge, retry },
    ...conditionDefinitions(),
  };
  for (const kind of kinds) Object.assign(definitions, nodeDefinitions(kind));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'WwiseFlow workflow',
    description:
      'React Flow JSON. Edges order nodes; a required input that is left out takes the nearest upstream output of its kind; ' +
      '"$from:<node>:$output:<field>" reads an output and "$input:<name>" an input of the workflow; "{{ nodes.<node>.<field> + 1 }}" ' +
      'computes with them (CEL).',
    type: 'object',
    properties: {
      workflowId: {
        type: 'string',
        pattern: '^[A-Za-z0-9._:-]{1,128}$',
        description:
          'Scope of the memo: keep it when a workflow is repaired or extended, and what was done already is not done again. ' +
          'Default: derived from the name, or from the ids and types of the nodes.',
      },
      name: { type: 'string' },
      onError: {
        enum: runOnErrors,
        description:
          'When a node fails. stop (the default): nothing new begins. continue: what does not need the node goes on. ' +
          'rollback: stop, and roll back everything the run did.',
      },
      timeoutMs,
      concurrency: {
        type: 'integer',
        minimum: paceNumbers.concurrency.least,
        maximum: paceNumbers.concurrency.most,
        description:
          'Nodes that may be under way at once (default 8). Changes go one after the other whatever it says.',
      },
      maxPerSecond: {
        type: 'integer',
        minimum: paceNumbers.maxPerSecond.least,
        maximum: paceNumbers.maxPerSecond.most,
        description: 'Nodes that may begin in a second. Default: no limit.',
      },
      version: { type: ['string', 'number'] },
      inputs: {
        type: 'object',
        additionalProperties: { $ref: '#/$defs/input' },
        description: 'Values handed in with a run.',
      },
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      formatVersion: {
        type: 'integer',
        minimum: 1,
        maximum: FORMAT_VERSION,
        description: `Of what the document looks like. 1: nodes of services name a provider. Default: ${FORMAT_VERSION}, or 1 where one does.`,
      },
      description: { type: 'string' },
      metadata: { type: 'object', description: 'For people: author, tags, dates.' },
      policies,
      schemas: {
        type: 'object',
        additionalProperties: jsonSchemaDocument,
        description: 'JSON Schemas by name: { "$ref": "#/schemas/name" } in those of nodes.',
      },
      vars: values('vars'),
      globals: values('globals'),
      nodes: {
        type: 'array',
        minItems: 1,
        items: { oneOf: kinds.map(({ type }) => ({ $ref: `#/$defs/${type}` })) },
      },
      edges: { type: 'array', items: { $ref: '#/$defs/edge' } },
      ...ignored(workflowPresentation),
    },
    required: ['nodes'],
    additionalProperties: false,
    $defs: definitions,
  };
}

const reference: Json = {
  type: 'string',
  pattern: '\\$from:.+:\\$(output|error):.+|\\$input:.+|\\{\\{[^]*\\}\\}',
  description:
    'A reference, or a CEL expression in {{ }}: the whole string stands for the value, inside a longer string for its text.',
  examples: [
    '$from:n1:$output:objectId',
    '$from:n1:$output:objects.0.id',
    '$from:n1:$error:code',
    '$input:wavPath',
    '{{ nodes.n1.objects[0].name.snake() }}',
  ],
};

const jsonSchemaDocument: Json = { type: ['object', 'boolean'] };

const policies: Json = {
  type: 'object',
  description: 'What a run may not do.',
  properties: {
    forbidden: { type: 'array', items: { type: 'string' }, description: 'Types of nodes it may not have.' },
    roots: {
      type: 'array',
      items: { type: 'string' },
      description: 'Paths of objects: nothing else is changed. The run is previewed for that.',
    },
    mostObjects: { type: 'integer', minimum: 0, description: 'It changes at most so many objects.' },
    previewRequired: { type: 'boolean', description: 'It is only run by applying a preview.' },
  },
  additionalProperties: false,
};

const nodeOptions: Record<string, Json> = {
  inputSchema: {
    type: ['object', 'boolean', 'null'],
    description: 'JSON Schema of what flows into the node; what does not fit is SCHEMA_MISMATCH.',
  },
  outputSchema: { type: ['object', 'boolean', 'null'], description: 'JSON Schema of what it gives.' },
  coerce: { type: 'boolean', description: 'Values are turned into the types of the schemas: "3" into 3.' },
  mock: {
    type: 'object',
    description: 'What it gives in a demo.',
    properties: { output: { type: 'object' } },
    required: ['output'],
    additionalProperties: false,
  },
  cost: {
    type: 'object',
    description: 'What one call of it costs.',
    properties: {
      perCall: { type: 'number', minimum: 0 },
      currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    },
    required: ['perCall'],
    additionalProperties: false,
  },
};

function values(name: string): Json {
  return { type: 'object', description: `Values by name, which expressions read: {{ ${name}.surface }}.` };
}

const timeoutMs: Json = {
  type: 'number',
  minimum: 1,
  maximum: LONGEST_TIMEOUT_MS,
  description: 'Time limit in milliseconds; for a node, of each attempt.',
};

const retry: Json = {
  type: 'object',
  description: 'Tries a node again after a failure that may pass by itself. Never after an unknown outcome.',
  properties: {
    ...Object.fromEntries(
      Object.entries(retryNumbers).map(([name, { preset, least, most }]) => [
        name,
        { type: 'number', minimum: least, maximum: most, default: preset },
      ]),
    ),
    jitter: {
      type: 'boolean',
      default: true,
      description: 'Lengthens each delay by a random part of itself.',
    },
    codes: {
      type: 'array',
      items: { enum: retryCodes },
      description: 'Only after these. Default: all of them.',
    },
    initialDelay: { type: 'number', description: 'initialDelayMs, by another name.' },
    maxDelay: { type: 'number', description: 'maxDelayMs, by another name.' },
    retryableErrors: {
      type: 'array',
      items: { enum: [...new Set([...Object.keys(retryClasses), ...retryCodes])] },
      description: 'codes, by another name; also classes of them.',
    },
  },
  additionalProperties: false,
};

/** A condition, or what comes to one when it runs. */
function conditionDefinitions(): Record<string, Json> {
  const { $schema: _, $defs, ...schema } = jsonSchemaOf({ input: conditionsSchema }, 'input');
  const prefix = 'condition.';
  const own = Object.entries(asJsonObject($defs)).map(([key, value]) => [
    prefix + key,
    movedRefs(value ?? {}, prefix),
  ]);
  return {
    ...Object.fromEntries(own),
    condition: {
      description: 'Of a node: it is skipped where this does not hold.',
      anyOf: [movedRefs(schema, prefix), { $ref: '#/$defs/reference' }],
    },
  };
}

const inputDeclaration: Json = {
  type: 'object',
  properties: { type: { enum: workflowInputTypes }, description: { type: 'string' }, default: {} },
  additionalProperties: false,
};

const edge: Json = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    source: { type: 'string', description: 'Id of the node that goes first.' },
    target: { type: 'string', description: 'Id of the node that waits.' },
    sourceHandle: {
      type: ['string', 'null'],
      description:
        'An output of the source, to say what flows; "error" for the way taken when it fails; of a branch the case.',
    },
    targetHandle: { type: ['string', 'null'], description: 'An input of the target, to say where it goes.' },
    sourcePort: { type: ['string', 'null'] },
    targetPort: { type: ['string', 'null'] },
    data: {
      type: 'object',
      description:
        'Of an edge that leaves from a branch without data: it is followed when the condition holds.',
      properties: { condition: { $ref: '#/$defs/condition' }, label: {} },
      additionalProperties: false,
    },
    ...ignored(edgePresentation),
  },
  required: ['source', 'target'],
  additionalProperties: false,
};

function nodeDefinitions(kind: NodeKind): Record<string, Json> {
  const { type, aliases, title, description } = kind;
  const { $schema: _, $defs, ...schema } = jsonSchemaOf(kind, 'input');
  const prefix = `${type}.`;
  const data = withReferences(asJsonObject(movedRefs(schema, prefix)), kind);
  const own = Object.entries(asJsonObject($defs)).map(([key, value]) => [
    prefix + key,
    movedRefs(value ?? {}, prefix),
  ]);
  const node: Json = {
    title,
    description,
    type: 'object',
    properties: {
      id: { type: 'string', minLength: 1, description: 'Unique in the workflow.' },
      type: { enum: [...new Set([type, ...aliases])] },
      data,
      config: data,
      onError: {
        enum: nodeOnErrors,
        description:
          'When the node fails. stop (the default): as the workflow says. continue: the run may succeed without it. route: ' +
          'the edges from its handle "error" are followed.',
      },
      retry: { $ref: '#/$defs/retry' },
      retryConfig: { $ref: '#/$defs/retry' },
      timeoutMs,
      timeout: {
        type: ['number', 'string'],
        description: 'The same in seconds, or with its unit: "500ms", "30s", "5m", "1h".',
      },
      when: { $ref: '#/$defs/condition' },
      name: { type: 'string' },
      description: { type: 'string' },
      ...nodeOptions,
      ...ignored(nodePresentation),
    },
    required: ['id', 'type'],
    additionalProperties: false,
  };
  return { ...Object.fromEntries(own), [type]: node };
}

/** Any input may be a reference, and one that can be wired may be left out. */
function withReferences(schema: JsonObject, kind: NodeKind): JsonObject {
  const { fields } = shapeOf(kind);
  const properties = Object.entries(asJsonObject(schema.properties)).map(([name, property]) => [
    name,
    acceptsAnyText(property) ? property : { anyOf: [property ?? {}, { $ref: '#/$defs/reference' }] },
  ]);
  const required = asJsonArray(schema.required).filter(
    (name) => fields.get(String(name))?.wire === undefined,
  );
  return { ...schema, properties: { ...Object.fromEntries(properties), label: {} }, required };
}

function acceptsAnyText(property: Json | undefined): boolean {
  const { type, enum: choices, pattern, format, maxLength } = asJsonObject(property);
  return type === 'string' && [choices, pattern, format, maxLength].every((limit) => limit === undefined);
}

/** A kind's own definitions move into the document's. */
function movedRefs(value: Json, prefix: string): Json {
  if (Array.isArray(value)) return value.map((item) => movedRefs(item, prefix));
  if (!isJsonObject(value)) return value;
  const moved: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const target = key === '$ref' && typeof member === 'string' ? member : undefined;
    moved[key] =
      target === undefined ? movedRefs(member, prefix) : target.replace('#/$defs/', `#/$defs/${prefix}`);
  }
  return moved;
}

function ignored(keys: readonly string[]): Record<string, Json> {
  return Object.fromEntries(keys.map((key) => [key, {}]));
}
