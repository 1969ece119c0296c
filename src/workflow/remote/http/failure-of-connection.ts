import { toWwiseFlowError, WwiseFlowError } from '../../../core/errors.ts';
import { systemCode } from '../../../core/files/system-code.ts';
import { type HttpRequest, plainAddress } from './http-request.ts';

/** How far a request came that has no answer. */
export interface BrokenExchange {
  readonly request: HttpRequest;
  readonly phase: 'unsent' | 'sent' | 'answering';
  readonly isOverTime: boolean;
  readonly isCancelled: boolean;
}

/** What a request without an answer failed by: nothing was sent, the time was over, the connection broke, or nobody knows. */
export function failureOfConnection(thrown: unknown, exchange: BrokenExchange): WwiseFlowError {
  const { request, phase, isOverTime, isCancelled } = exchange;
  const inner = causeOf(thrown);
  if (inner instanceof WwiseFlowError) return inner;
  const code = systemCode(inner) ?? systemCode(thrown) ?? '';
  const what = `${request.method} ${plainAddress(request.url)}`;
  const reason = code === '' ? (inner instanceof Error ? inner.message : String(inner)) : code;
  const details = { method: request.method, url: plainAddress(request.url), reason };
  const isUnsent = unsent.has(code);
  if (isUnsent && !isOverTime && !isCancelled)
    return new WwiseFlowError('SERVICE_UNREACHABLE', `${what}: no connection came about (${reason}).`, {
      hint: 'Look whether the service is up and the address is right, then resume the run.',
      details,
      cause: thrown,
    });
  if (!isUnsent && phase !== 'unsent' && !request.isRepeatable)
    return noAnswer(
      what,
      isCancelled ? 'it was cancelled' : isOverTime ? 'its time was over' : reason,
      details,
    );
  if (isCancelled)
    return new WwiseFlowError('CANCELLED', `${what} was cancelled.`, {
      hint: 'Resume the run to go on.',
      details,
    });
  if (isOverTime)
    return new WwiseFlowError('TIMEOUT', `${what} took longer than its limit of ${request.timeoutMs} ms.`, {
      hint: 'Raise timeoutMs of the node, or ask for less at once.',
      details: { ...details, timeoutMs: request.timeoutMs },
    });
  if (!broken.has(code) && !/terminated|aborted|closed|socket/i.test(reason)) return toWwiseFlowError(thrown);
  const isHalf = phase === 'answering';
  return new WwiseFlowError(
    isHalf ? 'ANSWER_INCOMPLETE' : 'SERVICE_CONNECTION_LOST',
    `${what}: ${isHalf ? 'the answer broke off' : 'the connection ended before the answer'} (${reason}).`,
    { hint: 'Try again, or give the node "retry".', details, cause: thrown },
  );
}

/** Nobody knows whether a request took effect. */
export function noAnswer(
  what: string,
  why: string,
  details: Readonly<Record<string, string>>,
): WwiseFlowError {
  return new WwiseFlowError(
    'OUTCOME_UNKNOWN',
    `${what} was sent and has no answer (${why}): nobody here knows whether it took effect.`,
    {
      hint: 'Look at the service whether it did. Then resume the run with "force" for this node to send it again, or set "onUnknown" of the node.',
      details: { ...details },
    },
  );
}

const unsent: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EADDRNOTAVAIL'],
]);

const broken: ReadonlySet<string> = new Set([
  ...['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'UND_ERR_BODY_TIMEOUT'],
  ...['UND_ERR_HEADERS_TIMEOUT', 'HPE_INVALID_CONSTANT', 'HPE_INVALID_EOF_STATE', 'UND_ERR_ABORTED'],
]);

function causeOf(thrown: unknown): unknown {
  const inner = thrown instanceof Error ? thrown.cause : undefined;
  return inner ?? thrown;
}
