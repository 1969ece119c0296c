import { toWwiseFlowError, WwiseFlowError } from '../core/errors.ts';
import type { OutsideAnswer, OutsideRequest } from '../core/outside/outside.ts';
import { shownAddress } from '../core/secrets/without-credentials.ts';

/** Answers of more bytes are read as far as this. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Sends a request and follows no redirection. Rejects with REQUEST_FAILED where nothing was sent, or where it may be sent again;
 * else OUTCOME_UNKNOWN where the answer was lost.
 */
export async function sendOnce(
  { method, url, headers, body, isRepeatable, timeoutMs }: OutsideRequest,
  signal: AbortSignal | undefined,
): Promise<OutsideAnswer> {
  const address = addressOf(url);
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await fetch(address, {
      method,
      headers,
      redirect: 'manual',
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      text: await textOf(answer),
    };
  } catch (thrown) {
    throw failureOf(thrown, shownAddress(url), isRepeatable, late.aborted);
  }
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address?.protocol === 'http:' || address?.protocol === 'https:') return address;
  throw new WwiseFlowError('INVALID_INPUT', `"${shownAddress(url)}" is no http or https address.`, {
    hint: 'Write it out, as https://example.com/hook.',
    details: { url: shownAddress(url) },
  });
}

async function textOf(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes > MOST_ANSWER_BYTES) break;
  }
  return Buffer.concat(pieces).subarray(0, MOST_ANSWER_BYTES).toString('utf8');
}

/** What ends a request before anything of it has left. */
const notSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failureOf(thrown: unknown, shown: string, isRepeatable: boolean, isLate: boolean): WwiseFlowError {
  if (thrown instanceof WwiseFlowError) return thrown;
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const reason = isLate ? 'no answer in time' : code || toWwiseFlowError(cause).message;
  if (isRepeatable || notSent.has(code)) {
    return new WwiseFlowError('REQUEST_FAILED', `${shown} did not answer: ${reason}.`, {
      hint: 'Is the address right, and its server running? "retry" of the node tries again by itself.',
      details: { url: shown, reason },
      cause,
    });
  }
  return new WwiseFlowError('OUTCOME_UNKNOWN', `The answer of ${shown} was lost: ${reason}.`, {
    hint: 'Look there whether it was done, before it is sent again.',
    details: { url: shown, reason },
    cause,
  });
}
