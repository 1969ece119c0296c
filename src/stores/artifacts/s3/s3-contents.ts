import { WwiseFlowError } from '../../../core/errors.ts';
import type { ContentStore } from '../content-store.ts';
import { newLocation } from '../new-location.ts';
import { folderName } from '../safe-names.ts';
import { type S3Address, s3Address } from './s3-address.ts';
import { type S3Client, s3Client } from './s3-client.ts';

/**
 * Contents as objects `{kind}/{workspace}/{run}/{random}-{name}` in a bucket of S3 or what is compatible with it. An object is there
 * once it is whole, and then on disk.
 */
export function s3Contents(address: string, workspace: string, now: () => number = Date.now): ContentStore {
  const bucket = s3Address(address);
  const client = s3Client(bucket);
  const urlOf = (location: string): string =>
    `${bucket.baseUrl}${location.split('/').map(encodeURIComponent).join('/')}`;

  /** Whether an object of that many bytes lies there. */
  const isWhole = async (location: string, bytes: number): Promise<boolean> => {
    const answer = await client.ask({ method: 'HEAD', url: urlOf(location) });
    return answer.ok && Number(answer.headers.get('content-length')) === bytes;
  };

  return {
    write: async (key, content) => {
      const location = newLocation(key, workspace);
      const body = content instanceof Uint8Array ? new Uint8Array(content) : await collected(content);
      await (await client.ask({ method: 'PUT', url: urlOf(location), body })).body?.cancel();
      return { location, bytes: body.byteLength };
    },
    read: async (location, bytes, range) => {
      const { offset, bytes: wanted } = range ?? { offset: 0, bytes };
      const last = Math.min(offset + wanted, bytes) - 1;
      if (bytes === 0 || last < offset)
        return (await isWhole(location, bytes)) ? new Uint8Array() : undefined;
      const headers = { range: `bytes=${offset}-${last}` };
      const answer = await client.ask({ method: 'GET', url: urlOf(location), headers });
      const part = new Uint8Array(await answer.arrayBuffer());
      const total = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
      if (answer.status !== 206 || Number(total) !== bytes) return undefined;
      return part.byteLength === last + 1 - offset ? part : undefined;
    },
    link: async (location, bytes, forMs) => {
      if (!(await isWhole(location, bytes))) return undefined;
      const forSeconds = Math.min(LONGEST_LINK_S, Math.max(1, Math.ceil(forMs / 1000)));
      const url = await client.presign(urlOf(location), forSeconds);
      return { url, expiresAtMs: now() + forSeconds * 1000 };
    },
    remove: async (locations) => {
      for (const location of locations)
        await client.ask({ method: 'DELETE', url: urlOf(location) }).catch(() => undefined);
    },
    abandoned: async (beforeMs) => {
      const found: string[] = [];
      for (const kind of await foldersBelow(client, bucket)) {
        const own = `${bucket.prefix}${kind}${folderName(workspace)}/`;
        for await (const { key, changedAtMs } of objects(client, bucket, own))
          if (changedAtMs < beforeMs) found.push(key.slice(bucket.prefix.length));
      }
      return found;
    },
  };
}

/** Seven days: longer ones are refused by the service. */
const LONGEST_LINK_S = 604_800;
/** What is written at once has to be held at once. */
const MOST_BYTES = 512 * 1024 * 1024;

async function collected(content: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) {
      throw new WwiseFlowError('INVALID_INPUT', `An artifact in S3 has at most ${MOST_BYTES} bytes.`, {
        hint: 'Write it to a file of the run instead.',
      });
    }
    chunks.push(chunk.slice());
  }
  return new Uint8Array(Buffer.concat(chunks));
}

interface ListPage {
  readonly text: string;
  readonly next: string | undefined;
}

async function listPage(
  client: S3Client,
  { bucketUrl }: S3Address,
  query: Readonly<Record<string, string>>,
  token: string | undefined,
): Promise<ListPage> {
  const url = new URL(bucketUrl);
  const asked = {
    'list-type': '2',
    ...query,
    ...(token === undefined ? {} : { 'continuation-token': token }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const text = await (await client.ask({ method: 'GET', url: url.href })).text();
  return { text, next: textOf(text, 'NextContinuationToken') };
}

/** The folders right below the prefix, each with its slash. */
async function foldersBelow(client: S3Client, bucket: S3Address): Promise<readonly string[]> {
  const { prefix } = bucket;
  const { text } = await listPage(client, bucket, { prefix, delimiter: '/' }, undefined);
  return [...text.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs)].map(([, found = '']) =>
    (textOf(found, 'Prefix') ?? '').slice(prefix.length),
  );
}

async function* objects(client: S3Client, bucket: S3Address, prefix: string) {
  let token: string | undefined;
  do {
    const page: ListPage = await listPage(client, bucket, { prefix }, token);
    for (const [, one = ''] of page.text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const changedAtMs = Date.parse(textOf(one, 'LastModified') ?? '');
      yield { key: textOf(one, 'Key') ?? '', changedAtMs };
    }
    token = page.next;
  } while (token !== undefined);
}

/** The text of an element of a list. */
function textOf(xml: string, element: string): string | undefined {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return text
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');
}
