import { AwsV4Signer } from 'aws4fetch';

/** Who signs: the key by the name of its secret. */
export interface AwsAuth {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly sessionTokenSecret?: string | undefined;
  readonly region: string;
  readonly service: string;
}

/** A request as its signature covers it. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** The headers by which a request is signed with Signature Version 4, as S3 and what is compatible with it take it. */
export async function signedHeaders(
  auth: AwsAuth,
  request: SignedRequest,
  secret: (name: string) => string,
): Promise<Readonly<Record<string, string>>> {
  // Only what the service itself reads is signed: the rest may be changed on the way.
  const headers = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-'));
  const signer = new AwsV4Signer({
    ...keysOf(auth, secret),
    ...{ method: request.method, url: request.url.href, headers },
    body: request.body === undefined ? null : bytesOf(request.body),
  });
  const signed = await signer.sign();
  return Object.fromEntries(signed.headers.entries());
}

/** The address at which anybody may do this without credentials, for so long. */
export async function signedAddress(
  auth: AwsAuth,
  { method, url, forSeconds }: { readonly method: string; readonly url: URL; readonly forSeconds: number },
  secret: (name: string) => string,
): Promise<string> {
  const asked = new URL(url);
  asked.searchParams.set('X-Amz-Expires', String(forSeconds));
  const signer = new AwsV4Signer({ ...keysOf(auth, secret), method, url: asked.href, signQuery: true });
  return (await signer.sign()).url.href;
}

function keysOf(auth: AwsAuth, secret: (name: string) => string) {
  return {
    accessKeyId: auth.accessKeyId,
    secretAccessKey: secret(auth.secret),
    ...(auth.sessionTokenSecret === undefined ? {} : { sessionToken: secret(auth.sessionTokenSecret) }),
    service: auth.service,
    region: auth.region,
  };
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
}
