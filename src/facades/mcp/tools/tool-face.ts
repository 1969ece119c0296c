import type { ToolAnnotations } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Restricted } from '../../../core/access/profile.ts';
import type { NeverMemoised } from '../../../core/command.ts';
import type { Effect } from '../../../core/effect.ts';
import { asJsonArray, asJsonObject, isJsonObject, type JsonObject } from '../../../core/json.ts';
import { entryTools } from './entry-tools.ts';
import { hintsOf } from './hints.ts';
import { leanInput, leanOutput, programOutput } from './lean-schema.ts';

/** What a tool is made from: a command of the bus, or one of the workflow tools. */
export interface ToolSource extends Pick<Restricted, 'profile'> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  readonly effect: Effect;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** False: not a command, so the memo has no part in the call itself. */
  readonly takesForceRerun?: boolean;
  /** What a memoised command claims; a command without it is never memoised. */
  readonly achieved?: unknown;
  /** Why it is never memoised. */
  readonly memo?: NeverMemoised;
  readonly hints?: { readonly destructive?: boolean; readonly idempotent?: boolean };
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
 * The face of a tool, the same one each time. The output schema is the whole result, failures included, because clients check
 * `structuredContent` against it either way. Schemas are made when they are first read: a server answers before that.
 */
export function faceOf(source: ToolSource): ToolFace {
  const known = faces.get(source);
  if (known !== undefined) return known;
  const face = makeFace(source);
  faces.set(source, face);
  return face;
}

/** A server over HTTP is made anew for each request; what its tools look like is not. */
const faces = new WeakMap<ToolSource, ToolFace>();

function makeFace(source: ToolSource): ToolFace {
  const schemas = once(() => ({
    input: inputSchemaOf(source),
    output: leanOutput(jsonSchemaOf(source.output, 'output')),
  }));
  return {
    name: source.name,
    title: source.title,
    description: describedIn(source),
    get inputSchema() {
      return schemas().input;
    },
    get outputSchema() {
      return schemas().output;
    },
    annotations: hintsOf(
      source.effect,
      () => offersToReplace(schemas().input),
      source.memo !== undefined,
      source.hints,
    ),
    ...(loadedAtOnce.has(source.name) ? { _meta: { 'anthropic/alwaysLoad': true } } : {}),
  };
}

/** What `data` of its results is, whole. */
export function dataSchemaOf({ output }: Pick<ToolSource, 'output'>): JsonObject {
  return programOutput(jsonSchemaOf(output, 'output'));
}

const loadedAtOnce: ReadonlySet<string> = new Set(
  entryTools.filter((entry) => entry.isLoadedAtOnce).map(({ tool }) => tool),
);

/** The hint alone is for clients; agents read the text. */
function describedIn({ description, memo }: ToolSource): string {
  return memo === undefined ? description : `${description} Done each time.`;
}

/** True when the tool takes `forceRerun`: it changes the project and the memo takes part. */
export function takesForceRerun(
  source: Pick<ToolSource, 'effect' | 'takesForceRerun' | 'achieved'>,
): boolean {
  if (source.takesForceRerun === false || source.achieved === undefined) return false;
  return source.effect === 'create' || source.effect === 'update' || source.effect === 'destroy';
}

function inputSchemaOf(source: ToolSource): JsonObject {
  const schema = leanInput(jsonSchemaOf(source.input, 'input'));
  const properties = asJsonObject(schema.properties);
  if (!takesForceRerun(source)) return schema;
  return { ...schema, properties: { ...properties, forceRerun: forceRerunSchema } };
}

const forceRerunSchema: JsonObject = {
  type: 'boolean',
  description: 'Redo it.',
};

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

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function offersToReplace(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.some(offersToReplace);
  if (!isJsonObject(schema)) return false;
  const values = asJsonArray(schema.enum);
  if (values.some((value) => typeof value === 'string' && value.startsWith('replace'))) return true;
  return Object.values(schema).some(offersToReplace);
}
