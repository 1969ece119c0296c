import { createHash, createHmac } from 'node:crypto';
import type { JsonObject } from '../../src/core/json.ts';
import { type StandIn, startStandIn } from './stand-in-service.ts';

/** A store with a bucket "assets", on this machine, that checks the signature of every request by itself. */
export interface S3Room {
  readonly url: string;
  /** Settings of the preset s3 that lead to it. */
  readonly settings: Readonly<Record<string, string>>;
  /** A preset that leads to it. */
  readonly preset: JsonObject;
  /** What lies in it, by key. */
  readonly kept: ReadonlyMap<string, Uint8Array>;
  readonly asked: StandIn['asked'];
  close(): Promise<void>;
}

export const s3Secrets = { S3_SECRET_ACCESS_KEY: 'the-secret-of-the-store' };
const ACCESS_KEY_ID = 'AKEXAMPLE';

export async function startS3(): Promise<S3Room> {
  const kept = new Map<string, Uint8Array>();
  const service = await startStandIn((app) => {
    app.all('/assets/*', async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      const { method } = c.req;
      if (!isSigned({ method, url: new URL(c.req.url), headers: c.req.header() }))
        return c.text('<Error><Code>SignatureDoesNotMatch</Code></Error>', 403);
      const key = decodeURIComponent(new URL(c.req.url).pathname.slice('/assets/'.length));
      if (key === '')
        return c.text(listing(kept, c.req.query('prefix') ?? ''), 200, { 'content-type': 'application/xml' });
      const found = kept.get(key);
      if (method === 'PUT') {
        kept.set(key, body);
        return c.body(null, 200);
      }
      if (found === undefined) return c.text('<Error><Code>NoSuchKey</Code></Error>', 404);
      if (method !== 'DELETE')
        return c.body(new Uint8Array(found), 200, { 'content-type': 'application/octet-stream' });
      kept.delete(key);
      return c.body(null, 204);
    });
  });
  const settings = { endpoint: service.url, bucket: 'assets', accessKeyId: ACCESS_KEY_ID };
  const asDefaults = Object.entries(settings).map(([name, value]) => [
    name,
    { description: name, default: value },
  ]);
  return {
    ...{ url: service.url, asked: service.asked, close: service.close, settings, kept },
    preset: {
      title: 'S3 here',
      description: 'A store here.',
      extends: 's3',
      settings: Object.fromEntries(asDefaults),
    },
  };
}

function listing(kept: ReadonlyMap<string, Uint8Array>, prefix: string): string {
  const rows = [...kept]
    .filter(([key]) => key.startsWith(prefix))
    .map(
      ([key, { byteLength }]) =>
        `<Contents><Key>${key.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Key><Size>${byteLength}</Size></Contents>`,
    );
  return `<?xml version="1.0"?><ListBucketResult>${rows.join('')}</ListBucketResult>`;
}

interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Signature Version 4, as AWS describes it: in the header Authorization or, of an address that was signed, in its query. */
function isSigned({ method, url, headers }: Received): boolean {
  const inHeader = /Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)/.exec(
    headers.authorization ?? '',
  );
  const query = url.searchParams;
  const credential = inHeader?.[1] ?? query.get('X-Amz-Credential') ?? '';
  const names = (inHeader?.[2] ?? query.get('X-Amz-SignedHeaders') ?? '').split(';');
  const given = inHeader?.[3] ?? query.get('X-Amz-Signature') ?? '';
  const time = headers['x-amz-date'] ?? query.get('X-Amz-Date') ?? '';
  const [keyId, ...scope] = credential.split('/');
  const asked = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const canonical = [
    method,
    url.pathname
      .split('/')
      .map((part) => encoded(decodeURIComponent(part)))
      .join('/'),
    asked,
    ...names.map((name) => `${name}:${name === 'host' ? url.host : headers[name]}`),
    '',
    names.join(';'),
    inHeader === null ? 'UNSIGNED-PAYLOAD' : (headers['x-amz-content-sha256'] ?? ''),
  ].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${s3Secrets.S3_SECRET_ACCESS_KEY}`);
  return keyId === ACCESS_KEY_ID && hmac(key, text).toString('hex') === given;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
