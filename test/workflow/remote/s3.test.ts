import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asJsonObject, type Json } from '../../../src/core/json.ts';
import { type S3Room, s3Secrets, startS3 } from '../../harness/s3-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../harness.ts';
import { firstOf, remoteWith, runNodes, shippedPresets } from './run-remote.ts';

const dir = tempDir('s3-files');
let store: S3Room;
beforeAll(async () => {
  store = await startS3();
});
afterAll(() => store.close());

const run = (
  operation: string,
  data: Record<string, Json>,
  secrets: Readonly<Record<string, string>> = s3Secrets,
) =>
  firstOf(
    runNodes(
      [node('s3', 'http', { preset: 's3', operation, settings: store.settings, ...data })],
      remoteWith(secrets, { presets: shippedPresets }),
      [],
      { dir },
    ),
  );
const keyed = (key: string): Record<string, Json> => ({ mapping: { key } });

it('a store takes a file, lists it, gives it back and forgets it, by signed requests', async () => {
  writeFileSync(join(dir, 'rain.wav'), 'RIFF rain');
  const key = 'sounds/t 1/rain & wind #1.wav';
  expect(await run('put', { file: 'rain.wav', mapping: { key, contentType: 'audio/wav' } })).toMatchObject({
    status: 200,
    key,
  });
  expect(await run('list', { mapping: { prefix: 'sounds/' } })).toMatchObject({
    items: [{ key, sizeBytes: 9 }],
  });
  expect(await run('head', keyed(key))).toMatchObject({ status: 200 });
  expect(await run('get', { ...keyed(key), saveAs: 'back.wav' })).toMatchObject({ bytes: 9 });
  expect(readFileSync(join(dir, 'back.wav'), 'utf8')).toBe('RIFF rain');
  expect(await run('delete', keyed(key))).toMatchObject({ status: 204 });
  expect(await run('get', keyed(key))).toMatchObject({ code: 'SERVICE_NOT_FOUND' });
});

it('gives an address that anybody may look at, and no other', async () => {
  await run('put', { body: 'open', ...keyed('a.txt') });
  const { url, expiresAt } = asJsonObject(await run('presign', keyed('a.txt')));
  expect(await (await fetch(String(url))).text()).toBe('open');
  expect(Date.parse(String(expiresAt)) - Date.now()).toBeGreaterThan(3_500_000);
  expect((await fetch(String(url).replace('a.txt', 'b.txt'))).status).toBe(403);
});

it('wrong keys are refused, and missing ones named', async () => {
  const wrong = { S3_SECRET_ACCESS_KEY: 'not-the-secret' };
  const refused = await run('put', { body: 'x', ...keyed('x') }, wrong);
  expect(refused).toMatchObject({ code: 'SERVICE_NOT_AUTHENTICATED' });
  expect(JSON.stringify(refused)).not.toContain('not-the-secret');
  expect(store.kept.has('x')).toBe(false);
  const nobody = { ...store.settings, accessKeyId: '' };
  expect(await run('put', { body: 'x', ...keyed('x'), settings: nobody })).toMatchObject({
    code: 'INVALID_INPUT',
  });
});
