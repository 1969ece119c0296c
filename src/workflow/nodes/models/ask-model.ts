import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString, type Json, type JsonObject } from '../../../core/json.ts';
import { withoutSecrets } from '../../../core/secrets/known-secrets.ts';
import { compileSchema } from '../../schemas/compile-schema.ts';
import type { NodeContext } from '../node-kind.ts';
import { callService } from '../requests/call-service.ts';
import { choosePreset, composeRequest } from '../requests/compose-request.ts';
import { pickOutput } from '../requests/pick-answer.ts';
import type { Conversation } from './conversation.ts';

/** A question to a model. */
export interface ModelQuestion {
  readonly given: {
    readonly preset?: string | undefined;
    readonly operation?: string | undefined;
    readonly url?: string | undefined;
    readonly settings?: Record<string, Json> | undefined;
    readonly model?: string | undefined;
    readonly temperature: number;
    readonly maxTokens: number;
    readonly cacheMs: number;
  };
  readonly question: Conversation;
  readonly schema: JsonObject | undefined;
  /** Which one of the node. */
  readonly key: string;
}

export interface ModelAnswer {
  readonly value: JsonObject;
  readonly model: string | undefined;
  /** Requests that were made for it, and tokens; none where the answer was known. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** How long a model may take where nobody says it, in milliseconds. */
const USUAL_TIMEOUT_MS = 120_000;

/**
 * Asks a model. An answer that does not fit its schema is sent back once with what is wrong with it; ANSWER_UNREADABLE where the
 * second one does not fit either.
 */
export async function askModel(asked: ModelQuestion, context: NodeContext): Promise<ModelAnswer> {
  const first = await exchange(asked, asked.question, asked.key, context);
  const wrong = problemOf(first.text, asked.schema);
  if (wrong === undefined) return answerOf(first, asked.schema);
  const again: Conversation = {
    system: asked.question.system,
    messages: [
      ...asked.question.messages,
      { role: 'assistant', content: first.text },
      {
        role: 'user',
        content: `That does not fit: ${wrong}. Answer again, with JSON alone that fits the schema.`,
      },
    ],
  };
  const second = await exchange(asked, again, `${asked.key} again`, context);
  const both = {
    ...second,
    calls: first.calls + second.calls,
    inputTokens: first.inputTokens + second.inputTokens,
    outputTokens: first.outputTokens + second.outputTokens,
  };
  const stillWrong = problemOf(second.text, asked.schema);
  if (stillWrong === undefined) return answerOf(both, asked.schema);
  throw new WwiseFlowError(
    'ANSWER_UNREADABLE',
    `The model answered twice what does not fit: ${stillWrong}.`,
    {
      hint: 'Make the schema simpler or the prompt clearer, raise "maxTokens" where the answer is cut, or choose another model.',
      details: { begins: withoutSecrets(second.text.slice(0, 500)), model: second.model ?? null },
    },
  );
}

type Exchange = {
  readonly text: string;
  readonly model: string | undefined;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

async function exchange(
  { given, schema }: ModelQuestion,
  { system, messages }: Conversation,
  key: string,
  context: NodeContext,
): Promise<Exchange> {
  const { preset, operation, url, settings, model, temperature, maxTokens, cacheMs } = given;
  const request = { preset, operation, url, settings };
  const chosen = choosePreset(request, context.remote.presets);
  const known = Object.keys(chosen.operation?.params ?? {});
  const params: JsonObject = {
    model: model ?? null,
    system,
    messages: [...messages],
    temperature,
    maxTokens,
    schema: schema ?? null,
  };
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => known.includes(name)));
  const composed = composeRequest(request, chosen, own);
  const { value, wasMade } = await callService(
    {
      key,
      request: composed,
      how: { cacheMs, mostRedirects: 0, overwrite: false, onUnknown: 'retry' },
      timeoutMs: context.timeoutMs ?? chosen.preset?.timeoutMs ?? USUAL_TIMEOUT_MS,
      mustBeJson: true,
      pick: (body, status) => pickOutput(composed, body, status, undefined),
    },
    context,
  );
  const { text, model: used, inputTokens, outputTokens } = asJsonObject(value);
  return {
    text: asString(text) ?? '',
    model: asString(used),
    calls: wasMade ? 1 : 0,
    inputTokens: wasMade ? numberOr(inputTokens) : 0,
    outputTokens: wasMade ? numberOr(outputTokens) : 0,
  };
}

function numberOr(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** What is wrong with an answer, in words; undefined for one that fits. */
function problemOf(text: string, schema: JsonObject | undefined): string | undefined {
  if (schema === undefined) return undefined;
  const value = jsonIn(text);
  if (value === undefined) return 'it is no JSON';
  const issues = compileSchema(schema).issuesOf(value);
  if (issues.length === 0) return undefined;
  return issues.map(({ pointer, message }) => `${pointer === '' ? 'it' : pointer} ${message}`).join('; ');
}

function answerOf({ text, ...rest }: Exchange, schema: JsonObject | undefined): ModelAnswer {
  if (schema === undefined) return { value: { text }, ...rest };
  const value = jsonIn(text) ?? null;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return { value: isObject ? asJsonObject(value) : { value }, ...rest };
}

/** JSON as a model writes it: alone, or fenced. */
function jsonIn(text: string): Json | undefined {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n?```/.exec(text)?.[1];
  for (const candidate of [text, fenced]) {
    if (candidate === undefined) continue;
    try {
      const value: Json = JSON.parse(candidate);
      return value;
    } catch {
      // The next one, or none.
    }
  }
  return undefined;
}
