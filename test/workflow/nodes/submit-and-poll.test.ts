import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { standIn } from '../../harness/stand-in-service.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { compile, emptyShelf, node, shelfBus } from '../harness.ts';
import { firstOf, remoteWith, runNodes, shippedPresets } from '../remote/run-remote.ts';

/** A generator that is done at the third look. */
const generator = (app: Hono): void => {
  let looks = 0;
  app.post('/v1/jobs', async (c) => {
    const { input } = await c.req.json();
    return input.text === 'bad'
      ? c.json({ id: 'bad' })
      : c.json({ id: `job-${c.req.header('idempotency-key')?.length}` });
  });
  app.get('/v1/jobs/bad', (c) => c.json({ status: 'failed', error: 'no such sound' }));
  app.get('/v1/jobs/:id', (c) => {
    looks += 1;
    return c.json(looks < 3 ? { status: 'running' } : { status: 'completed', audio_url: '/files/rain.wav' });
  });
  app.get('/files/rain.wav', (c) => c.body(new Uint8Array([82, 73]), 200, { 'content-type': 'audio/wav' }));
};

const make = (url: string, more: JsonObject = {}) =>
  node('make', 'submitAndPoll', {
    preset: 'sound-generator',
    url,
    mapping: { text: 'rain' },
    everyMs: 10,
    ...more,
  } as never);

it('begins a job, asks until it is over, and fetches its file', async () => {
  const dir = tempDir('generated');
  const service = await standIn(generator);
  const done = firstOf(
    runNodes([make(service.url, { saveAs: 'rain.wav' })], remoteWith({}, { presets: shippedPresets }), [], {
      dir,
    }),
  );
  expect(await done).toMatchObject({
    handle: 'job-32',
    result: { status: 'completed' },
    file: join(dir, 'rain.wav'),
    bytes: 2,
  });
  expect([...readFileSync(join(dir, 'rain.wav'))]).toEqual([82, 73]);
  expect(service.asked.filter((one) => one === 'POST /v1/jobs')).toHaveLength(1);
  expect(service.asked.filter((one) => one === 'GET /v1/jobs/job-32')).toHaveLength(3);
});

it('a job that fails, and one that is not over in time, say so', async () => {
  const service = await standIn(generator);
  const remote = remoteWith({}, { presets: shippedPresets });
  expect(await firstOf(runNodes([make(service.url, { mapping: { text: 'bad' } })], remote))).toMatchObject({
    code: 'SERVICE_REFUSED',
    error: expect.stringContaining('no such sound'),
  });
  const never = await standIn((app) => {
    app.post('/v1/jobs', (c) => c.json({ id: 'x' }));
    app.get('/v1/jobs/x', (c) => c.json({ status: 'running' }));
  });
  expect(await firstOf(runNodes([make(never.url, { forMs: 30 })], remote))).toMatchObject({
    code: 'TIMEOUT',
    details: { handle: 'x' },
  });
  expect(await firstOf(runNodes([node('make', 'submitAndPoll', { url: never.url })], remote))).toMatchObject({
    code: 'INVALID_INPUT',
    details: { field: 'poll' },
  });
});

it('a run that was cut off goes on asking for the job it began, and begins no second one', async () => {
  const stores = openSqliteStores(null);
  const service = await standIn(generator);
  const remote = remoteWith({}, { presets: shippedPresets });
  const bus = shelfBus(emptyShelf());
  const first = createRuns({ bus, log: silentLog, store: stores.runs, remote });
  const control = new AbortController();
  const plan = compile({ nodes: [make(service.url, { everyMs: 3_600_000 })] });
  const { executionId, done } = first.start(plan, { signal: control.signal });
  const suspended = await done;
  expect(suspended.data?.state).toBe('suspended');
  first.close();
  const second = createRuns({ bus, log: silentLog, store: stores.runs, remote });
  const goOn = async (): Promise<void> => {
    const run = await second.resume(executionId);
    const result = await run.done;
    if (result.data?.state === 'suspended') return goOn();
    expect(result).toMatchObject({ ok: true, data: { results: [{ data: { handle: 'job-32' } }] } });
  };
  await goOn();
  second.close();
  await stores.close();
  expect(service.asked.filter((one) => one === 'POST /v1/jobs')).toHaveLength(1);
});
