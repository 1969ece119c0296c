import type { AnyResult } from '../../../core/answers/lean-answer.ts';
import { toWwiseFlowError } from '../../../core/errors.ts';
import type { JsonObject } from '../../../core/json.ts';
import { failure } from '../../../core/result.ts';
import { statusOfCode } from './status-codes.ts';

export interface AnswerHead {
  /** Of a success. Default: 200. A failure has that of its code. */
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A result as HTTP has it: the same JSON as over MCP, with a status. */
export function httpAnswer(result: AnyResult, { status = 200, headers = {} }: AnswerHead = {}): Response {
  const said = result.ok ? status : statusOfFailure(result.code, result.details);
  return new Response(JSON.stringify(result), {
    status: said,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(result.ok ? {} : headersOfFailure(said, result.details)),
      ...headers,
    },
  });
}

/** The answer to a request that was refused, or broke, with whatever was thrown. */
export function refusal(
  thrown: unknown,
  status?: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const answer = httpAnswer(failure(toWwiseFlowError(thrown)), { headers });
  return status === undefined ? answer : new Response(answer.body, { status, headers: answer.headers });
}

function statusOfFailure(code: keyof typeof statusOfCode, details: JsonObject | undefined): number {
  const status = statusOfCode[code];
  const isRun = typeof details?.executionId === 'string' && Array.isArray(details.results);
  // The address is there; what a document names is not.
  const isOfDocument = status === 404 && Array.isArray(details?.problems);
  return (isRun && status < 500) || isOfDocument ? 422 : status;
}

function headersOfFailure(status: number, details: JsonObject | undefined): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="wwiseflow"' };
  // What is left of the body is not read: the connection is of no further use.
  if (status === 413) return { connection: 'close' };
  if (status !== 429) return {};
  const retryAfterMs = typeof details?.retryAfterMs === 'number' ? details.retryAfterMs : 1_000;
  return { 'retry-after': String(Math.ceil(retryAfterMs / 1000)), connection: 'close' };
}
