import { AwsV4Signer } from 'aws4fetch';
import { WwiseFlowError } from '../../../core/errors.ts';
import type { S3Address } from './s3-address.ts';

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'HEAD' | 'DELETE';
  readonly url: string;
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface S3Client {
  /** Answers with what the service says, 404 included. Rejects with STATE_UNAVAILABLE for what it refuses, or when it does not answer. */
  ask(request: S3Request): Promise<Response>;
  /** An address at which anybody may read for so many seconds. */
  presign(url: string, forSeconds: number): Promise<string>;
}

/** Signs requests to S3 and what is compatible with it, and repeats what may pass. All that is asked may be asked twice. */
export function s3Client({ region, accessKeyId, secretAccessKey }: S3Address): S3Client {
  const keys = { accessKeyId, secretAccessKey, region, service: 's3' };
  const once = async ({ method, url, body, headers = {} }: S3Request): Promise<Response> => {
    const signer = new AwsV4Signer({ ...keys, method, url, body: body ?? null, headers: { ...headers } });
    const signed = await signer.sign();
    return fetch(signed.url, {
      ...{ method, headers: signed.headers, redirect: 'error' },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(LONGEST_MS),
    });
  };
  return {
    ask: async (request) => {
      for (let attempt = 1; ; attempt++) {
        const answer = await once(request).catch((cause: unknown) => cause);
        if (answer instanceof Response && (answer.ok || answer.status === 404)) return answer;
        const isFinal = answer instanceof Response && answer.status < 500 && answer.status !== 429;
        if (isFinal || attempt >= MOST_ATTEMPTS || isFull(answer)) throw await refused(answer);
        if (answer instanceof Response) await answer.body?.cancel();
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** attempt));
      }
    },
    presign: async (url, forSeconds) => {
      const asked = new URL(url);
      asked.searchParams.set('X-Amz-Expires', String(forSeconds));
      const signer = new AwsV4Signer({ ...keys, method: 'GET', url: asked.href, signQuery: true });
      return (await signer.sign()).url.href;
    },
  };
}

const LONGEST_MS = 60_000;
const MOST_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 100;

/** 507: out of space, which no repetition mends. */
function isFull(answer: unknown): boolean {
  return answer instanceof Response && answer.status === 507;
}

async function refused(answer: unknown): Promise<WwiseFlowError> {
  if (!(answer instanceof Response)) {
    const cause = answer instanceof Error && answer.cause instanceof Error ? answer.cause : answer;
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new WwiseFlowError('STATE_UNAVAILABLE', `The store of artifacts does not answer: ${reason}.`, {
      hint: 'See that the address of --artifacts can be reached, then call again.',
      cause: answer,
    });
  }
  const text = (await answer.text().catch(() => '')).slice(0, 10_000);
  const code = /<Code>([\w.]{1,80})<\/Code>/.exec(text)?.[1] ?? `HTTP ${answer.status}`;
  const isSpace = answer.status === 507 || /Full|Quota|InsufficientStorage/i.test(code);
  return new WwiseFlowError(
    'STATE_UNAVAILABLE',
    isSpace ? `The store of artifacts is full (${code}).` : `The store of artifacts refuses: ${code}.`,
    {
      hint: isSpace
        ? 'Make room with `wwiseflow gc --days 30`, or give it more.'
        : 'See that the key of --artifacts may read, write, list and delete in its bucket, and that the region is right.',
      details: { code, status: answer.status },
    },
  );
}
