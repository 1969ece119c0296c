import type { ToolAnnotations } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../base/json.ts';
import type { Effect } from '../../bus/command.ts';
import { hintsOf } from './hints.ts';

/** What a tool is made from: a command of the bus, or one of the workflow tools. */
export interface ToolSource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  readonly effect: Effect;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/** What an agent sees of a tool, as it travels in tools/list. */
export interface ToolFace {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema: JsonObject;
  readonly annotations: ToolAnnotations;
  readonly _meta?: Record<string, unknown>;
}

/**
 * The face of a tool. The output schema is the whole result, failures included, because clients check
 * `structuredContent` against it either way.
 */
export function faceOf(source: ToolSource): ToolFace {
  const inputSchema = inputSchemaOf(source);
  return {
    name: source.name,
    title: source.title,
    description: source.description,
    inputSchema,
    outputSchema: outputSchemaOf(source.output),
    annotations: hintsOf(source.title, source.effect, offersToReplace(inputSchema)),
    ...(entryTools.has(source.name) ? { _meta: { 'anthropic/alwaysLoad': true } } : {}),
  };
}

/** Where an agent starts. Clients that load tools on demand load these at once. */
export const entryTools: ReadonlySet<string> = new Set([
  'project_info',
  'query_waql',
  'workflow_compile',
  'workflow_node_types',
  'workflow_run',
]);

/** True when the tool takes `forceRerun`: it changes the project, so the memo takes part. */
export function takesForceRerun(source: Pick<ToolSource, 'effect'>): boolean {
  return source.effect === 'create' || source.effect === 'update' || source.effect === 'destroy';
}

function inputSchemaOf(source: ToolSource): JsonObject {
  const schema = jsonSchemaOf(source.input, 'input');
  const properties = asJsonObject(schema.properties);
  if (!takesForceRerun(source) || properties.forceRerun !== undefined) return schema;
  return { ...schema, properties: { ...properties, forceRerun: forceRerunSchema } };
}

const forceRerunSchema: JsonObject = {
  type: 'boolean',
  description: 'True: do it again although an identical call was done before and still holds.',
};

/** Every tool repeats it, so it says no more than it must; the server's instructions explain the members. */
function outputSchemaOf(data: z.ZodType): JsonObject {
  return jsonSchemaOf(
    z.looseObject({
      ok: z.boolean(),
      data: data.nullable(),
      error: z.string().nullable(),
      code: z.string().nullable(),
      hint: z.string().optional(),
      details: z.looseObject({}).optional(),
      retryable: z.boolean().optional(),
      memo: z.enum(['hit', 'miss', 'stale', 'off']).optional(),
      idemKey: z.string().nullable().optional(),
    }),
    'output',
  );
}

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const text = JSON.stringify(
    z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      // Results may gain members later; only inputs are closed.
      override: ({ jsonSchema }) => {
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
      },
    }),
  );
  const { $schema, ...rest } = asJsonObject(JSON.parse(text));
  return rest;
}

function offersToReplace(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(offersToReplace);
  if (!isJsonObject(schema)) return false;
  const values = asJsonArray(schema.enum);
  if (values.some((value) => typeof value === 'string' && value.startsWith('replace'))) return true;
  return Object.values(schema).some(offersToReplace);
}
