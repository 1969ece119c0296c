import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryContents } from '../../src/stores/artifacts/memory-contents.ts';
import { s3Contents } from '../../src/stores/artifacts/s3/s3-contents.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { type S3Server, startS3 } from '../harness/servers/s3-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { describeArtifacts } from './artifact-contract.ts';

let server: S3Server;
beforeAll(async () => {
  server = await startS3();
});
afterAll(() => server.close());

let places = 0;
const dir = tempDir('s3');
describeArtifacts('in S3', async () => {
  const stateDir = `${dir}/${places++}`;
  return {
    open: async (workspace, now) =>
      openSqliteStores(stateDir, {
        ...{ workspace, now },
        contents: s3Contents(server.address, workspace ?? 'default', now),
      }),
    follow: async (url) => (await fetch(url)).text(),
    remove: async () => server.objects.clear(),
  };
});

describe('contents in S3', () => {
  const key = { kind: 'output', run: 'exec_1', name: 'a b' };
  const hello = new TextEncoder().encode('hello');

  it('lie below the prefix by kind, workspace and run, and are read again after a failure that passes', async () => {
    const contents = s3Contents(server.address, 'default');
    server.failures.push(503);
    const { location } = await contents.write(key, hello, 'powerSafe');
    expect([...server.objects.keys()]).toEqual([`flow/${location}`]);
    expect(location).toMatch(/^output\/default\/exec_1\/[0-9a-f]{12}-a_b$/);
    server.failures.push(500, 429);
    expect(Buffer.from((await contents.read(location, 5, undefined)) ?? []).toString()).toBe('hello');
    expect(await contents.read(location, 4, undefined)).toBeUndefined();
    await contents.remove([location]);
    expect(await contents.read(location, 5, undefined)).toBeUndefined();
  });

  it('say that there is no room, and what is refused, without the secret', async () => {
    const contents = s3Contents(server.address, 'default');
    server.failures.push(507);
    const full = { code: 'STATE_UNAVAILABLE', message: expect.stringContaining('is full') };
    await expect(contents.write(key, hello, 'powerSafe')).rejects.toMatchObject(full);
    const wrong = s3Contents(server.address.replace('test%2F', 'other'), 'default');
    const refused = wrong.write(key, hello, 'powerSafe');
    await expect(refused).rejects.toMatchObject({
      code: 'STATE_UNAVAILABLE',
      message: /SignatureDoesNotMatch/,
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
    expect(() => s3Contents('s3://host/bucket', 'default')).toThrow('needs a key');
  });

  it('that no index names are found, page by page, of their own workspace only', async () => {
    const [contents, other] = ['default', 'other'].map((name) => s3Contents(server.address, name));
    if (contents === undefined || other === undefined) throw new Error('none');
    const made: string[] = [];
    for (let nth = 0; nth < 5; nth++)
      made.push((await contents.write({ ...key, run: `exec_${nth}` }, hello, 'killSafe')).location);
    await other.write(key, hello, 'killSafe');
    expect(await contents.abandoned(Date.now() - 60_000)).toEqual([]);
    expect(await contents.abandoned(Date.now() + 60_000)).toEqual(made);
    expect(await memoryContents().abandoned(0)).toEqual([]);
    server.objects.clear();
  });

  it('are read at an address by anybody until it expires', async () => {
    const contents = s3Contents(server.address, 'default');
    const { location } = await contents.write(key, hello, 'killSafe');
    const link = await contents.link(location, 5, 60_000);
    expect(await (await fetch(link?.url ?? '')).text()).toBe('hello');
    const late = new URL(link?.url ?? '');
    late.searchParams.set('X-Amz-Expires', '600');
    expect((await fetch(late)).status).toBe(403);
    expect(await contents.link(location, 4, 60_000)).toBeUndefined();
  });
});
