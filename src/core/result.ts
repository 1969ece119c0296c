import type { ErrorCode, WwiseFlowError } from './errors.ts';
import type { JsonObject } from './json.ts';

/** How the memo took part: `hit` reused a verified result, `stale` found one that no longer holds and did the work again. */
export type MemoState = 'hit' | 'miss' | 'stale' | 'off';

export interface Success<D = JsonObject> {
  readonly ok: true;
  readonly data: D;
  readonly error: null;
  readonly code: null;
  readonly memo: MemoState;
  /** The idempotency key, or null when the command is not memoised. */
  readonly idemKey: string | null;
  /** What has no effect yet, and what happened meanwhile that the call did not ask for. */
  readonly notices?: readonly string[];
}

export interface Failure {
  readonly ok: false;
  readonly data: null;
  /** What happened, with the offending value. */
  readonly error: string;
  readonly code: ErrorCode;
  /** What to do next. */
  readonly hint: string;
  readonly details?: JsonObject;
  readonly retryable: boolean;
  readonly notices?: readonly string[];
}

/** What every facade gives back, for every command. */
export type Result<D = JsonObject> = Success<D> | Failure;

export function success(data: JsonObject, memo: MemoState = 'off', idemKey: string | null = null): Success {
  return { ok: true, data, error: null, code: null, memo, idemKey };
}

/** The same result with what else there is to know, behind what it says already; without any it has no such member. */
export function withNotices(result: Result, notices: readonly string[]): Result {
  return notices.length === 0 ? result : { ...result, notices: [...(result.notices ?? []), ...notices] };
}

export function failure(error: WwiseFlowError): Failure {
  const { code, message, hint, details, retryable } = error;
  return {
    ok: false,
    data: null,
    error: message,
    code,
    hint,
    retryable,
    ...(details === undefined ? {} : { details }),
  };
}
