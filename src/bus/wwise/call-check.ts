import type { ErrorObject, ValidateFunction } from 'ajv';
import { toWwiseFlowError, WwiseFlowError } from '../../base/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../base/json.ts';
import { didYouMean, nearest } from '../../base/nearest.ts';
import type { Waapi } from '../../waapi/waapi.ts';

/** What the running Wwise says a function or topic takes and gives. */
export interface LiveSchema {
  readonly description?: string;
  readonly argsSchema?: JsonObject;
  readonly optionsSchema?: JsonObject;
  readonly resultSchema?: JsonObject;
  readonly publishSchema?: JsonObject;
}

/** The URIs the running Wwise offers. */
export async function offeredUris(kind: 'functions' | 'topics', waapi: Waapi): Promise<readonly string[]> {
  const uri = kind === 'functions' ? 'ak.wwise.waapi.getFunctions' : 'ak.wwise.waapi.getTopics';
  const answer = await waapi.call(uri);
  return asJsonArray(answer[kind]).flatMap((name) => asString(name) ?? []);
}

/** The schema of a function or topic. Throws INVALID_INPUT with the nearest URIs when this Wwise does not know it. */
export async function liveSchema(uri: string, waapi: Waapi): Promise<LiveSchema> {
  try {
    const answer = await waapi.call('ak.wwise.waapi.getSchema', { uri });
    const { description } = answer;
    return {
      ...(typeof description === 'string' ? { description } : {}),
      ...part('argsSchema', answer),
      ...part('optionsSchema', answer),
      ...part('resultSchema', answer),
      ...part('publishSchema', answer),
    };
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR' && error.code !== 'OBJECT_NOT_FOUND') throw error;
    throw unknownUri(uri, [
      ...(await offeredUris('functions', waapi)),
      ...(await offeredUris('topics', waapi)),
    ]);
  }
}

/**
 * Checks a call against the running Wwise's own schema before it is sent. Throws INVALID_INPUT that lists every problem;
 * what the schema says in files a client cannot fetch is left to Wwise.
 */
export async function checkCall(
  uri: string,
  args: JsonObject,
  options: JsonObject,
  waapi: Waapi,
): Promise<void> {
  const functions = await offeredUris('functions', waapi);
  if (!functions.includes(uri)) throw unknownUri(uri, functions);
  const schema = await liveSchema(uri, waapi);
  const problems = [
    ...(await problemsOf('args', schema.argsSchema, args)),
    ...(await problemsOf('options', schema.optionsSchema, options)),
  ];
  if (problems.length === 0) return;
  throw new WwiseFlowError('INVALID_INPUT', `${uri}: ${problems.join('; ')}.`, {
    hint: 'Correct the arguments; waapi_schema shows what the function takes.',
    details: { uri, problems },
  });
}

function part(name: string, answer: JsonObject): { readonly [name: string]: JsonObject } {
  const schema = answer[name];
  return isJsonObject(schema) ? { [name]: schema } : {};
}

async function problemsOf(
  where: string,
  schema: JsonObject | undefined,
  value: JsonObject,
): Promise<string[]> {
  const validate = schema === undefined ? undefined : await compiled(schema);
  if (validate === undefined || validate(value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf');
  const all = errors.length > 0 ? errors : (validate.errors ?? []);
  return [...new Set(all.slice(0, 8).map((error) => wordsOf(where, error, schema)))];
}

/** A schema this validator cannot read checks nothing: Wwise checks the call in any case. */
async function compiled(schema: JsonObject): Promise<ValidateFunction | undefined> {
  // Loaded here: it is many files, and a server must answer before it needs them.
  const { Ajv } = await import('ajv');
  try {
    return new Ajv({ strict: false, allErrors: true }).compile(asJsonObject(selfContained(schema)));
  } catch {
    return undefined;
  }
}

/** The schema without references to other files, and without the names that would make the validator look for them. */
function selfContained(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(selfContained);
  if (!isJsonObject(schema)) return schema;
  const isForeign = (name: string, value: Json | undefined) =>
    name === '$ref' && typeof value === 'string' && !value.startsWith('#');
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, value]) =>
      isForeign(name, value) ||
      ((name === '$schema' || name === 'id' || name === '$id') && typeof value === 'string')
        ? []
        : [[name, selfContained(value ?? null)]],
    ),
  );
}

function wordsOf(where: string, error: ErrorObject, schema: JsonObject | undefined): string {
  const place = `${where}${error.instancePath}`;
  if (error.keyword !== 'additionalProperties') return `${place} ${error.message ?? 'does not fit'}`;
  const extra = String(asJsonObject(error.params).additionalProperty);
  const known = error.instancePath === '' ? Object.keys(asJsonObject(schema?.properties)) : [];
  return `${place} does not take "${extra}"${known.length === 0 ? '' : ` (known: ${known.join(', ')})`}`;
}

/** INVALID_INPUT with the nearest of the URIs this Wwise offers. */
export function unknownUri(uri: string, known: readonly string[]): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `This Wwise does not offer "${uri}".${didYouMean(uri, known)}`, {
    hint: 'Find it with waapi_functions; some exist only in the authoring application, not in WwiseConsole.',
    details: { uri, candidates: nearest(uri, known, 5) },
  });
}
