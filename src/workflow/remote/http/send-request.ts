import type { Dispatcher } from 'undici';
import { WwiseFlowError } from '../../../core/errors.ts';
import { type HttpAgents, refusePrivateHost } from './agents.ts';
import { failureOfAnswer } from './failure-of-answer.ts';
import { type BrokenExchange, failureOfConnection } from './failure-of-connection.ts';
import { type HttpAnswer, type HttpRequest, plainAddress } from './http-request.ts';

/** Where redirects may lead although it is in a private network. */
export type MayRedirectTo = (hostname: string) => boolean;

/**
 * Sends a request and reads its answer. What goes wrong is a WwiseFlowError with a code of its own; where the request was sent
 * and nobody knows what became of it, and repeating it is not harmless, that is OUTCOME_UNKNOWN. CANCELLED when the signal aborts.
 */
export async function sendRequest(
  request: HttpRequest,
  agents: HttpAgents,
  mayRedirectTo: MayRedirectTo,
): Promise<HttpAnswer> {
  const limit = AbortSignal.timeout(Math.min(request.timeoutMs, LONGEST_REQUEST_MS));
  const signal = request.signal === undefined ? limit : AbortSignal.any([request.signal, limit]);
  let hop: Hop = { ...request, agent: agents.anywhere };
  const step: Step = { phase: 'unsent' };
  try {
    for (let redirects = 0; ; redirects += 1) {
      const answer = await exchange(hop, request, signal, step);
      const next =
        redirects < request.mostRedirects ? nextHop(answer, hop, agents, mayRedirectTo) : undefined;
      if (next === undefined) {
        const failed = failureOfAnswer(answer, { ...request, url: hop.url });
        if (failed !== undefined) throw failed;
        return answer;
      }
      hop = next;
    }
  } catch (thrown) {
    if (thrown instanceof WwiseFlowError) throw thrown;
    throw failureOfConnection(thrown, {
      request,
      phase: step.phase,
      isOverTime: limit.aborted,
      isCancelled: request.signal?.aborted === true,
    });
  }
}

const LONGEST_REQUEST_MS = 86_400_000;

/** How far it came. */
type Step = { phase: BrokenExchange['phase'] };

/** What is asked of one address. */
type Hop = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'> & { readonly agent: Dispatcher };

async function exchange(
  { agent, method, url, headers, body }: Hop,
  request: HttpRequest,
  signal: AbortSignal,
  step: Step,
): Promise<HttpAnswer> {
  if (!isMethod(method)) throw unknownMethod(method);
  // From here on it may arrive, unless the connection is refused.
  step.phase = 'sent';
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method,
    headers: { ...headers },
    body: body ?? null,
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  step.phase = 'answering';
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined) named[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  const bytes = await readAtMost(answer.body, request, url);
  return { status: answer.statusCode, headers: named, bytes, url };
}

async function readAtMost(
  body: Dispatcher.ResponseData['body'],
  { mostBytes }: HttpRequest,
  url: URL,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of body) {
    if (!(piece instanceof Uint8Array)) continue;
    total += piece.byteLength;
    if (total > mostBytes) {
      body.destroy();
      throw new WwiseFlowError(
        'ANSWER_TOO_LARGE',
        `The answer of ${plainAddress(url)} is larger than ${mostBytes.toLocaleString('en')} bytes.`,
        {
          hint: 'Ask for less at once, or raise "mostBytes" of the node; a file is better saved with "saveAs".',
          details: { url: plainAddress(url), mostBytes },
        },
      );
    }
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces);
}

/** Where an answer sends the request on to; undefined where it does not. */
function nextHop(
  { status, headers }: HttpAnswer,
  hop: Hop,
  agents: HttpAgents,
  mayRedirectTo: MayRedirectTo,
): Hop | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  if (!URL.canParse(location, hop.url.href)) return undefined;
  const url = new URL(location, hop.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const isElsewhere = url.origin !== hop.url.origin;
  const isFree = !isElsewhere || mayRedirectTo(url.hostname);
  if (!isFree) refusePrivateHost(url.hostname);
  const asGet = status === 303 || (status < 307 && hop.method === 'POST');
  return {
    url,
    method: asGet ? 'GET' : hop.method,
    headers: Object.fromEntries(
      Object.entries(hop.headers).filter(([name]) => goesOn(name.toLowerCase(), isElsewhere, asGet)),
    ),
    body: asGet ? undefined : hop.body,
    agent: isFree ? agents.anywhere : agents.publicOnly,
  };
}

/** Whether a header is sent on: a key may have any name, so that another machine is given harmless ones alone. */
function goesOn(name: string, isElsewhere: boolean, asGet: boolean): boolean {
  if (asGet && ['content-type', 'content-length'].includes(name)) return false;
  return !isElsewhere || ['accept', 'accept-language', 'content-type', 'user-agent'].includes(name);
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

function isMethod(method: string): method is (typeof methods)[number] {
  return methods.some((known) => known === method);
}

function unknownMethod(method: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `There is no method "${method}".`, {
    hint: `Write one of ${methods.join(', ')}.`,
    details: { method, candidates: [...methods] },
  });
}
