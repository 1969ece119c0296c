import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { Context } from 'hono';
import { startStandIn } from '../stand-in-service.ts';

/** A small S3 of a test's own: objects in memory, signatures checked, lists in pages. */
export interface S3Server {
  /** As `--artifacts` takes it. */
  readonly address: string;
  readonly objects: Map<string, { content: Buffer; changedAtMs: number }>;
  /** What the next requests are answered with instead, one each. */
  readonly failures: number[];
  readonly asked: readonly string[];
  close(): Promise<void>;
}

const keys = {
  accessKeyId: 'test-key',
  secretAccessKey: 'test/secret+key',
  region: 'eu-test-1',
  service: 's3',
};

/** Starts one with a bucket called `bucket`. */
export async function startS3(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map();
  const failures: number[] = [];
  const service = await startStandIn((app) => {
    app.all('/bucket/*', async (context) => {
      const { req } = context;
      const body = Buffer.from(await req.arrayBuffer());
      const failure = failures.shift();
      if (failure !== undefined) return answer(`<Error><Code>Trouble${failure}</Code></Error>`, failure);
      if (!(await isSigned(context, body)))
        return answer('<Error><Code>SignatureDoesNotMatch</Code></Error>', 403);
      const url = new URL(req.url);
      if (url.searchParams.has('list-type')) return answer(listOf(objects, url.searchParams));
      return objectOf(context, decodeURIComponent(url.pathname.slice('/bucket/'.length)), body, objects);
    });
  });
  const secret = encodeURIComponent(keys.secretAccessKey);
  const address = `s3+http://${keys.accessKeyId}:${secret}@127.0.0.1:${service.port}/bucket/flow?region=${keys.region}`;
  return { address, objects, failures, asked: service.asked, close: service.close };
}

function objectOf({ req }: Context, key: string, body: Buffer, objects: S3Server['objects']): Response {
  if (req.method === 'PUT') {
    objects.set(key, { content: body, changedAtMs: Date.now() });
    return new Response('', { status: 200 });
  }
  if (req.method === 'DELETE') {
    objects.delete(key);
    return new Response(null, { status: 204 });
  }
  const found = objects.get(key)?.content;
  if (found === undefined) return answer('<Error><Code>NoSuchKey</Code></Error>', 404);
  const range = /^bytes=(\d+)-(\d+)$/.exec(req.header('range') ?? '');
  if (req.method === 'HEAD')
    return new Response(null, { headers: { 'content-length': String(found.length) } });
  if (range === null) return new Response(new Uint8Array(found));
  const [first, last] = [Number(range[1]), Math.min(Number(range[2]), found.length - 1)];
  if (first >= found.length) return answer('<Error><Code>InvalidRange</Code></Error>', 416);
  const headers = { 'content-range': `bytes ${first}-${last}/${found.length}` };
  return new Response(new Uint8Array(found.subarray(first, last + 1)), { status: 206, headers });
}

/** Two objects a page, so that pages are gone through. */
function listOf(objects: S3Server['objects'], query: URLSearchParams): string {
  const [prefix, delimiter] = [query.get('prefix') ?? '', query.get('delimiter')];
  const all = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  if (delimiter !== null) {
    const folders = new Set(all.map((key) => `${prefix}${key.slice(prefix.length).split('/')[0]}/`));
    const shown = [...folders].map((name) => `<CommonPrefixes><Prefix>${name}</Prefix></CommonPrefixes>`);
    return `<ListBucketResult>${shown.join('')}</ListBucketResult>`;
  }
  const from = Number(query.get('continuation-token') ?? 0);
  const rows = all.slice(from, from + 2).map((key) => {
    const changed = new Date(objects.get(key)?.changedAtMs ?? 0).toISOString();
    return `<Contents><Key>${key}</Key><LastModified>${changed}</LastModified></Contents>`;
  });
  const next = from + 2 < all.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
  return `<ListBucketResult>${rows.join('')}${next}</ListBucketResult>`;
}

/** Signs the same again with the key of this server: what comes must be signed alike, and not be too old. */
async function isSigned({ req }: Context, body: Buffer): Promise<boolean> {
  const url = new URL(req.url);
  const asked = url.searchParams.get('X-Amz-Signature');
  if (asked !== null) {
    const [datetime, seconds] = [
      url.searchParams.get('X-Amz-Date') ?? '',
      url.searchParams.get('X-Amz-Expires'),
    ];
    const bare = new URL(url);
    for (const name of [...bare.searchParams.keys()])
      if (name !== 'X-Amz-Expires') bare.searchParams.delete(name);
    const signer = new AwsV4Signer({ ...keys, method: 'GET', url: bare.href, signQuery: true, datetime });
    const madeAtMs = Date.parse(datetime.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
    const isOld = Date.now() > madeAtMs + Number(seconds) * 1000;
    return !isOld && (await signer.sign()).url.searchParams.get('X-Amz-Signature') === asked;
  }
  const datetime = req.header('x-amz-date') ?? '';
  const content = req.header('x-amz-content-sha256') ?? '';
  const isHashed =
    content === 'UNSIGNED-PAYLOAD' || content === createHash('sha256').update(body).digest('hex');
  const headers = {
    'x-amz-content-sha256': content,
    ...(req.header('range') === undefined ? {} : { range: req.header('range') ?? '' }),
  };
  const signer = new AwsV4Signer({ ...keys, method: req.method, url: url.href, headers, datetime });
  return isHashed && (await signer.sign()).headers.get('authorization') === req.header('authorization');
}

function answer(xml: string, status = 200): Response {
  return new Response(xml, { status, headers: { 'content-type': 'application/xml' } });
}
