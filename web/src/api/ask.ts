import { clearToken, readToken, useAccess } from './access.ts';

/** What the server answers, in the words that MCP has too. */
export type Answer<T> = Answered<T> | Refused;

export interface Answered<T> {
  readonly ok: true;
  readonly data: T;
  readonly notices?: readonly string[];
  /** Of a list: how many there are on all pages. */
  readonly total?: number;
}

export interface Refused {
  readonly ok: false;
  readonly data: null;
  readonly error: string;
  readonly code: string;
  readonly hint: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryable?: boolean;
}

/**
 * Sends one request below /api, and gives the answer; it never throws. What `data` is, is the promise of the server, which is of
 * the same package: it is not checked again.
 */
export async function ask<T>(
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  try {
    const response = await fetch(apiAddress(path), {
      method,
      headers: headersOf(body),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.status === 401) {
      clearToken();
      useAccess.setState({ isAsked: true });
    }
    const answer: Answer<T> = JSON.parse(await response.text());
    const total = response.headers.get('x-total-count');
    return answer.ok && total !== null ? { ...answer, total: Number(total) } : answer;
  } catch (thrown) {
    return thrown instanceof DOMException && thrown.name === 'AbortError' ? aborted : unreachable;
  }
}

/** The address of a path of REST, wherever the page is served. */
export function apiAddress(path: string): string {
  return new URL(`api${path}`, document.baseURI).href;
}

export function headersOf(body?: unknown): Record<string, string> {
  const token = readToken();
  return {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
}

const unreachable: Refused = {
  ok: false,
  data: null,
  error: 'The server does not answer.',
  code: 'UNREACHABLE',
  hint: 'Start `wwiseflow serve` again; this page goes on by itself.',
  retryable: true,
};

const aborted: Refused = { ...unreachable, error: 'The request was given up.', code: 'CANCELLED', hint: '' };
