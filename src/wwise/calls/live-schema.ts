import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asString, isJsonObject, type JsonObject } from '../../core/json.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { Waapi } from '../connection/waapi.ts';

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

/** INVALID_INPUT with the nearest of the URIs this Wwise offers. */
export function unknownUri(uri: string, known: readonly string[]): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `This Wwise does not offer "${uri}".${didYouMean(uri, known)}`, {
    hint: 'Find it with waapi_functions; some exist only in the authoring application, not in WwiseConsole.',
    details: { uri, candidates: nearest(uri, known, 5) },
  });
}

function part(name: string, answer: JsonObject): { readonly [name: string]: JsonObject } {
  const schema = answer[name];
  return isJsonObject(schema) ? { [name]: schema } : {};
}
