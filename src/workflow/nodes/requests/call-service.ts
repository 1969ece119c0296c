import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, type Json } from '../../../core/json.ts';
import { failure, type Result, success } from '../../../core/result.ts';
import { valueWithoutSecrets } from '../../../core/secrets/known-secrets.ts';
import {
  type HttpAnswer,
  type HttpRequest,
  plainAddress,
  repeatableMethods,
} from '../../remote/http/http-request.ts';
import { evaluatePreset, fillTemplate } from '../../remote/presets/fill-template.ts';
import type { NodeContext } from '../node-kind.ts';
import { AskAboutCall, type CallDecision, decisionOn } from './ask-about-call.ts';
import { answeredNote, callSoFar, failedNote, requestKey, sentNote } from './call-notes.ts';
import { type ComposedRequest, composeFollowUp } from './compose-request.ts';
import { plainTextOf } from './plain-text.ts';
import { readAnswerBody, saveAnswer } from './read-body.ts';
import { type HttpInput, MOST_BYTES } from './request-input.ts';

/** How one call of a node is made. */
export interface ServiceCall {
  /** Which one of the node. */
  readonly key: string;
  readonly request: ComposedRequest;
  readonly how: Pick<
    HttpInput,
    'acceptStatus' | 'saveAs' | 'overwrite' | 'mostBytes' | 'mostRedirects' | 'cacheMs' | 'onUnknown'
  >;
  readonly timeoutMs: number;
  readonly mustBeJson: boolean;
  /** Takes in the promise of the note of what came; left out: it is waited for before anything else is done. */
  isKept?(noted: Promise<void>): void;
  /** What is kept of an answer. Throws for one that is a failure after all. */
  pick(body: Json, status: number): Json;
}

/** What came of a call. */
export interface ServiceAnswer {
  readonly value: Json;
  /** It was really made, in this run. */
  readonly wasMade: boolean;
}

/**
 * Makes a call once: one that was answered in this run, before it was cut off, is not made again, and one of which nobody knows
 * whether it took effect is settled as its preset and `onUnknown` say. Rejects with a WwiseFlowError.
 */
export async function callService(call: ServiceCall, context: NodeContext): Promise<ServiceAnswer> {
  const { key, request, how } = call;
  const { notes, remote } = context;
  const soFar = callSoFar(notes, key);
  if (soFar.answered !== undefined) return { value: soFar.answered.value, wasMade: true };
  // Nothing is sent whose answer may not be kept.
  if (how.saveAs !== undefined) await context.outside.writablePath(how.saveAs);
  const asked = identityOf(request, how.saveAs);
  if (how.cacheMs !== undefined && how.cacheMs > 0 && how.saveAs === undefined) {
    const known = await remote.cache.get(asked, how.cacheMs);
    if (known !== undefined)
      return { value: call.pick(known.body ?? null, Number(known.status)), wasMade: false };
  }
  const settled =
    soFar.isOpen && !isRepeatable(request)
      ? await settle(call, context, cutOff(request), decisionOn(key, context))
      : undefined;
  if (settled !== undefined) return keep(call, context, settled.value);
  // What may be sent twice is sent again after a crash, noted or not.
  const needsNote = !isRepeatable(request);
  if (needsNote && !soFar.isOpen) await context.note(sentNote(key));
  let answer: HttpAnswer;
  try {
    answer = await sendAsOftenAsAllowed(call, context);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'OUTCOME_UNKNOWN') {
      if (needsNote) await context.note(failedNote(key));
      throw error;
    }
    // What was decided was decided of an earlier request.
    const found = await settle(call, context, error, undefined);
    if (found !== undefined) return keep(call, context, found.value);
    answer = await sendAsOftenAsAllowed(call, context);
  }
  if (how.saveAs !== undefined) {
    return keep(call, context, await saveAnswer(answer, how.saveAs, how.overwrite, context.outside));
  }
  // Services that say back what they were sent would have secrets kept.
  const body = valueWithoutSecrets(await readAnswerBody(answer, call.mustBeJson));
  const value = call.pick(body, answer.status);
  if (how.cacheMs !== undefined && how.cacheMs > 0)
    await remote.cache.put(asked, { body, status: answer.status });
  return keep(call, context, value);
}

/** Notes what came of a call before anybody uses it: at once, or when all calls of a list are waited for. */
async function keep({ key, isKept }: ServiceCall, context: NodeContext, value: Json): Promise<ServiceAnswer> {
  const noted = context.note(answeredNote(key, value));
  if (isKept === undefined) await noted;
  else isKept(noted);
  return { value, wasMade: true };
}

function isRepeatable({ method, operation }: ComposedRequest): boolean {
  const repeat = operation?.repeat;
  return (
    repeatableMethods.has(method) ||
    repeat === 'safe' ||
    (typeof repeat === 'object' && 'idempotencyKey' in repeat)
  );
}

/** Two requests of the same identity are the same question; secrets are no part of it. */
function identityOf({ method, url, body, auth }: ComposedRequest, saveAs: string | undefined): Json {
  return { method, url: url.href, body: body ?? null, auth: asJsonObject(auth), saveAs: saveAs ?? null };
}

/** Sends a request that changes nothing, or may be sent again, as often as the node may try. */
export async function sendAsOftenAsAllowed(
  call: Pick<ServiceCall, 'key' | 'request' | 'how' | 'timeoutMs'>,
  context: NodeContext,
): Promise<HttpAnswer> {
  const once = async (): Promise<Result> => {
    try {
      answer = await sendOnce(call, context);
      return success({});
    } catch (thrown) {
      return failure(toWwiseFlowError(thrown));
    }
  };
  let answer: HttpAnswer | undefined;
  const result = await context.attempt(once);
  if (result.ok && answer !== undefined) return answer;
  if (!result.ok) throw new WwiseFlowError(result.code, result.error, result);
  throw new WwiseFlowError('INTERNAL', 'A request gave nothing.', { hint: 'Report this: it is a defect.' });
}

async function sendOnce(
  call: Pick<ServiceCall, 'key' | 'request' | 'how' | 'timeoutMs'>,
  context: NodeContext,
): Promise<HttpAnswer> {
  const { request, how, timeoutMs } = call;
  const { remote, signal } = context;
  const send = async (): Promise<HttpAnswer> => {
    const sent = await withCredentials(call, context);
    return remote.send({
      ...sent,
      mostBytes: how.mostBytes ?? (how.saveAs === undefined ? MOST_BYTES : 500_000_000),
      mostRedirects: how.mostRedirects,
      acceptStatus: how.acceptStatus ?? [],
      isRepeatable: isRepeatable(request),
      timeoutMs,
      signal,
    });
  };
  const { host } = request.url;
  try {
    return await remote.hosts.run(host, request.rateLimit, send, signal);
  } catch (thrown) {
    if (!(thrown instanceof WwiseFlowError)) throw thrown;
    const { retryAfterMs } = thrown.details ?? {};
    if (thrown.code === 'RATE_LIMITED' && typeof retryAfterMs === 'number')
      remote.hosts.rest(host, retryAfterMs);
    if (thrown.code !== 'SERVICE_NOT_AUTHENTICATED' || request.auth?.type !== 'oauth') throw thrown;
    remote.authoriser.forget(request.auth);
    return remote.hosts.run(host, request.rateLimit, send, signal);
  }
}

async function withCredentials(
  { key, request }: Pick<ServiceCall, 'key' | 'request'>,
  { remote, outside, signal, key: runKey }: NodeContext,
): Promise<Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>> {
  const { method, operation, body, file } = request;
  const url = new URL(request.url);
  const repeat = operation?.repeat;
  const keyed =
    typeof repeat === 'object' && 'idempotencyKey' in repeat
      ? { [repeat.idempotencyKey.toLowerCase()]: requestKey(runKey, key) }
      : {};
  const content = file === undefined ? body : (await outside.readFile(file)).bytes;
  const headers = { ...request.headers, ...keyed };
  const asked = { method, url, headers, body: content };
  const credentials = await remote.authoriser.credentials(request.auth, asked, signal);
  for (const [name, value] of Object.entries(credentials.query)) url.searchParams.set(name, value);
  return { ...asked, headers: { ...headers, ...credentials.headers } };
}

/** Finds out what became of a request, or does what was decided of it. Undefined: it is to be sent again. */
async function settle(
  call: ServiceCall,
  context: NodeContext,
  unknown: WwiseFlowError,
  decision: CallDecision | undefined,
): Promise<{ readonly value: Json } | undefined> {
  const { key, request, how, pick } = call;
  const repeat = request.operation?.repeat;
  if (typeof repeat === 'object' && 'lookUp' in repeat) return lookUp(call, context, repeat.lookUp);
  if (how.onUnknown === 'retry') return undefined;
  if (how.onUnknown === 'fail') throw unknown;
  if (decision === undefined) throw new AskAboutCall(key, unknown);
  if (decision.decision === 'sendAgain') return undefined;
  if (decision.decision === 'giveUp') throw unknown;
  return { value: pick(decision.body ?? null, 200) };
}

function cutOff({ method, url }: ComposedRequest): WwiseFlowError {
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `${method} ${plainAddress(url)} was under way when the process ended: nobody here knows whether it took effect.`,
    {
      hint: 'Look at the service whether it did. Then resume the run with "force" for this node to send it again, or set "onUnknown" of the node.',
      details: { method, url: plainAddress(url) },
    },
  );
}

type LookUp = Extract<
  NonNullable<NonNullable<ComposedRequest['operation']>['repeat']>,
  { lookUp: unknown }
>['lookUp'];

async function lookUp(
  call: ServiceCall,
  context: NodeContext,
  { path, query, found, body }: LookUp,
): Promise<{ readonly value: Json } | undefined> {
  const { request } = call;
  const filled = (value: Json) => fillTemplate(value, request.scope, request.where);
  const asked = composeFollowUp(request, plainTextOf(filled(path)), asJsonObject(filled(query ?? {})));
  const answer = await sendOnce(
    { ...call, request: asked, how: { ...call.how, saveAs: undefined } },
    context,
  );
  const scope = {
    ...request.scope,
    body: await readAnswerBody(answer, true),
    status: answer.status,
  };
  if (evaluatePreset(found, scope, request.where) !== true) return undefined;
  const given = body === undefined ? scope.body : evaluatePreset(body, scope, request.where);
  return { value: call.pick(given, answer.status) };
}
