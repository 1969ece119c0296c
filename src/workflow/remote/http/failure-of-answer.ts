import { type ErrorCode, WwiseFlowError } from '../../../core/errors.ts';
import { withoutSecrets } from '../../../core/secrets/known-secrets.ts';
import { visibleText } from '../../../core/text/visible-text.ts';
import { type HttpAnswer, type HttpRequest, plainAddress } from './http-request.ts';

/** What an answer is when its status says that the request failed; undefined for one that is an answer. */
export function failureOfAnswer(
  { status, headers, bytes }: HttpAnswer,
  { method, url, acceptStatus }: HttpRequest,
): WwiseFlowError | undefined {
  if ((status >= 200 && status < 300) || acceptStatus.includes(status)) return undefined;
  const { code, what, hint } = meaningOf(status);
  const said = excerptOf(bytes);
  const retryAfterMs = retryAfterOf(headers);
  return new WwiseFlowError(
    code,
    `${method} ${plainAddress(url)} ${what} (${status})${said === '' ? '' : `: ${said}`}.`,
    {
      hint,
      details: {
        status,
        method,
        url: plainAddress(url),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      },
    },
  );
}

interface Meaning {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

function meaningOf(status: number): Meaning {
  if (status === 401 || status === 403)
    return {
      code: 'SERVICE_NOT_AUTHENTICATED',
      what: 'was not let in',
      hint: 'Look at the secret that "auth" or the preset names: it is wrong, has expired or may not do this. Then resume the run.',
    };
  if (status === 402)
    return {
      code: 'SERVICE_QUOTA_EXCEEDED',
      what: 'wants to be paid',
      hint: 'Buy credit for this account or wait for its next period, then resume the run: calls that were answered are not repeated.',
    };
  if (status === 404 || status === 410)
    return {
      code: 'SERVICE_NOT_FOUND',
      what: 'found nothing',
      hint: 'Look at the address and at the values in it. Where nothing is a good answer too, write "acceptStatus": [404].',
    };
  if (status === 429)
    return {
      code: 'RATE_LIMITED',
      what: 'came too often',
      hint: 'Try again later, or give the node "retry" and the preset a "rateLimit".',
    };
  if (status === 408)
    return {
      code: 'TIMEOUT',
      what: 'took too long for the service',
      hint: 'Try again, or send less at once.',
    };
  if (status >= 500)
    return {
      code: 'SERVICE_FAILED',
      what: 'failed at the service',
      hint: 'Try again later, or give the node "retry".',
    };
  if (status >= 300 && status < 400)
    return {
      code: 'SERVICE_REFUSED',
      what: 'was sent on too often, or nowhere',
      hint: 'Write the address it ends at, or raise "mostRedirects".',
    };
  return {
    code: 'SERVICE_REFUSED',
    what: 'was refused as wrong',
    hint: 'Compare what was sent with the documentation of the service, and repair the input of the node.',
  };
}

const longestExcerpt = 300;

/** What the service says of it, in one line. */
function excerptOf(bytes: Buffer): string {
  const text = withoutSecrets(bytes.subarray(0, 4_000).toString('utf8'));
  return visibleText(text.replaceAll(/\s+/g, ' ').trim()).slice(0, longestExcerpt);
}

/** When to come again, in milliseconds from now: seconds or a date, or the milliseconds that some services say beside. */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const given = headers['retry-after'];
  if (given === undefined) return undefined;
  const seconds = Number(given);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const date = Date.parse(given);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
