import { z } from 'zod';
import { hashJson } from '../../../core/canonical-json.ts';
import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonObject, asString } from '../../../core/json.ts';
import { noteSecret } from '../../../core/secrets/known-secrets.ts';
import { type HttpRequest, plainAddress } from './http-request.ts';
import type { SignedRequest } from './sign-aws.ts';

const secretName = z
  .string()
  .regex(/^[A-Za-z_]\w{0,63}$/)
  .describe('Name of the secret, as in {{ secrets.NAME }}; never its value.');

/** How a request shows who asks. Secrets stand in it by their names alone. */
export const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('bearer'), secret: secretName }),
  z.strictObject({
    type: z.literal('key'),
    in: z.enum(['header', 'query']),
    name: z.string().min(1).max(200).describe('Name of the header or the parameter.'),
    prefix: z.string().max(40).optional().describe('What stands before it, as "Token ".'),
    secret: secretName,
  }),
  z.strictObject({
    type: z.literal('basic'),
    user: z.string().max(500).optional(),
    userSecret: secretName.optional().describe('The user, where that is a secret too.'),
    secret: secretName.describe('Name of the secret that is the password.'),
  }),
  z.strictObject({
    type: z.literal('oauth').describe('OAuth 2.0, client credentials.'),
    tokenUrl: z.string().max(2_000),
    clientId: z.string().max(500).optional(),
    clientIdSecret: secretName.optional(),
    secret: secretName.describe('Name of the secret that is the client secret.'),
    scope: z.string().max(2_000).optional(),
    audience: z.string().max(2_000).optional(),
  }),
  z.strictObject({
    type: z
      .literal('aws')
      .describe('Signature Version 4, as S3 and stores that are compatible with it take it.'),
    accessKeyId: z.string().min(1).max(200).describe('The id of the key, which is no secret.'),
    secret: secretName.describe('Name of the secret that is the key.'),
    sessionTokenSecret: secretName
      .optional()
      .describe('Of keys for a time: name of the secret that is their token.'),
    region: z.string().max(200).default('us-east-1'),
    service: z.string().max(60).default('s3'),
  }),
]);

export type HttpAuth = z.output<typeof authSchema>;

/** What is added to a request so that the service knows who asks. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** What an address is signed for. */
export interface PresignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly forSeconds: number;
}

export interface Authoriser {
  /** Rejects with UNRESOLVED_REFERENCE for a secret that is not set up, and as a request for a token does. */
  credentials(
    auth: HttpAuth | undefined,
    request: SignedRequest,
    signal: AbortSignal | undefined,
  ): Promise<Credentials>;
  /** An address at which anybody may do this for so long. Rejects with INVALID_INPUT for credentials that do not sign. */
  presigned(auth: HttpAuth | undefined, wanted: PresignedRequest): Promise<string>;
  /** The token that was given out for this is no good any more. */
  forget(auth: HttpAuth): void;
}

/** Hands out credentials. Tokens of OAuth are kept until shortly before they end. */
export function createAuthoriser(
  secret: (name: string) => string,
  send: (request: HttpRequest) => Promise<{ readonly bytes: Buffer; readonly url: URL }>,
): Authoriser {
  const tokens = new Map<string, { readonly token: Promise<string>; readonly untilMs: () => number }>();

  const tokenFor = (auth: OAuth, signal: AbortSignal | undefined): Promise<string> => {
    const key = hashJson({ ...auth });
    const known = tokens.get(key);
    if (known !== undefined && known.untilMs() > Date.now()) return known.token;
    let untilMs = Number.POSITIVE_INFINITY;
    const token = requestToken(auth, secret, send, signal).then((given) => {
      untilMs = Date.now() + Math.max(0, given.lifetimeMs - EARLIER_MS);
      return given.token;
    });
    token.catch(() => tokens.delete(key));
    tokens.set(key, { token, untilMs: () => untilMs });
    return token;
  };

  return {
    forget: (auth) => {
      if (auth.type === 'oauth') tokens.delete(hashJson({ ...auth }));
    },
    presigned: async (auth, wanted) => {
      if (auth?.type === 'aws') return (await import('./sign-aws.ts')).signedAddress(auth, wanted, secret);
      throw new WwiseFlowError('INVALID_INPUT', 'These credentials sign no address.', {
        hint: 'Give the preset or the node an "auth" of the type "aws".',
        details: { field: 'auth' },
      });
    },
    credentials: async (auth, request, signal) => {
      if (auth === undefined || auth.type === 'none') return nobody;
      if (auth.type === 'aws') {
        const { signedHeaders } = await import('./sign-aws.ts');
        return { headers: await signedHeaders(auth, request, secret), query: {} };
      }
      if (auth.type === 'bearer') return inHeader('authorization', `Bearer ${secret(auth.secret)}`);
      if (auth.type === 'oauth') return inHeader('authorization', `Bearer ${await tokenFor(auth, signal)}`);
      if (auth.type === 'key') {
        const value = `${auth.prefix ?? ''}${secret(auth.secret)}`;
        return auth.in === 'header'
          ? inHeader(auth.name.toLowerCase(), value)
          : { headers: {}, query: { [auth.name]: value } };
      }
      const user = auth.userSecret === undefined ? (auth.user ?? '') : secret(auth.userSecret);
      const pair = Buffer.from(`${user}:${secret(auth.secret)}`).toString('base64');
      return inHeader('authorization', `Basic ${pair}`);
    },
  };
}

type OAuth = Extract<HttpAuth, { type: 'oauth' }>;

/** A token is not used in its last half minute. */
const EARLIER_MS = 30_000;
const nobody: Credentials = { headers: {}, query: {} };

function inHeader(name: string, value: string): Credentials {
  return { headers: { [name]: value }, query: {} };
}

async function requestToken(
  auth: OAuth,
  secret: (name: string) => string,
  send: (request: HttpRequest) => Promise<{ readonly bytes: Buffer; readonly url: URL }>,
  signal: AbortSignal | undefined,
): Promise<{ readonly token: string; readonly lifetimeMs: number }> {
  const clientId = auth.clientIdSecret === undefined ? (auth.clientId ?? '') : secret(auth.clientIdSecret);
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret(auth.secret),
    ...(auth.scope === undefined ? {} : { scope: auth.scope }),
    ...(auth.audience === undefined ? {} : { audience: auth.audience }),
  });
  const { bytes, url } = await send({
    method: 'POST',
    url: new URL(auth.tokenUrl),
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
    mostBytes: 100_000,
    timeoutMs: 30_000,
    mostRedirects: 0,
    // A token more does no harm.
    isRepeatable: true,
    acceptStatus: [],
    signal,
  });
  const answer = asJsonObject(parsed(bytes));
  const token = asString(answer.access_token);
  if (token === undefined || token === '')
    throw new WwiseFlowError('ANSWER_UNREADABLE', `${plainAddress(url)} gave no "access_token".`, {
      hint: 'Look at "tokenUrl", "scope" and the client of the node’s "auth".',
      details: { url: plainAddress(url), members: Object.keys(answer).slice(0, 20) },
    });
  noteSecret('of OAuth', token);
  const lifetime = Number(answer.expires_in ?? 300);
  return { token, lifetimeMs: (Number.isFinite(lifetime) ? lifetime : 300) * 1000 };
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
