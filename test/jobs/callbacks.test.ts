import { describe, expect, it } from 'vitest';
import { makeCallback } from '../../src/core/callbacks/make-callback.ts';
import { silentLog } from '../../src/core/log.ts';
import { type CallbackStore, callbackEvents } from '../../src/core/stores/callback-store.ts';
import type { JobStore, JobTaker } from '../../src/core/stores/job-store.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import { checkSignature } from '../../src/facades/http/hooks/check-signature.ts';
import { deliverCallbacks } from '../../src/jobs/callbacks/deliver-callbacks.ts';
import { memoryContents } from '../../src/stores/artifacts/memory-contents.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import { postgresLanes } from '../../src/stores/postgres/postgres-lanes.ts';
import { postgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { postgresCallbacks } from '../../src/stores/postgres/serving/postgres-callbacks.ts';
import { openSqliteCallbacks } from '../../src/stores/sqlite/sqlite-callbacks.ts';
import { openSqliteJobs } from '../../src/stores/sqlite/sqlite-jobs.ts';
import { openSqliteStores } from '../../src/stores/sqlite/sqlite-stores.ts';
import { hasPostgres, startPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { newTempDir } from '../harness/temp-dir.ts';

interface Place {
  readonly callbacks: CallbackStore;
  readonly stores: Stores;
  readonly jobs: JobStore;
  readonly taker: JobTaker;
  end(): Promise<void>;
}

const places: readonly (readonly [string, boolean, () => Promise<Place>])[] = [
  [
    'SQLite',
    true,
    async () => {
      const dir = newTempDir('callbacks');
      const [callbacks, stores] = [openSqliteCallbacks(dir), openSqliteStores(dir)];
      const jobs = openSqliteJobs(dir);
      const end = async () => {
        await Promise.all([callbacks.close(), jobs.close(), stores.close()]);
      };
      return { callbacks, stores, jobs, taker: { worker: 'w', hold: { lane: 'l', epoch: 1 } }, end };
    },
  ],
  [
    'PostgreSQL',
    hasPostgres,
    async () => {
      const server = await startPostgres();
      const database = await openPostgres(await server.newDatabase(), silentLog);
      const stores = postgresStores(database, { contents: memoryContents() });
      const end = async () => {
        await stores.close();
        await database.close();
        await server.stop();
      };
      const hold = await postgresLanes(database).take('l', { owner: 'w', host: null }, 3_600_000);
      if (hold === undefined) throw new Error('The lane is taken.');
      const kept = { callbacks: postgresCallbacks(database), jobs: postgresJobs(database) };
      return { ...kept, stores, taker: { worker: 'w', hold }, end };
    },
  ],
];

const run = (executionId: string) => ({
  ...{ executionId, workflowId: 'w', name: null, planHash: 'h', plan: {}, input: null, caller: null },
  ...{ owner: '1:a', startedAtMs: Date.now(), journalVersion: 2 },
});
const secret = 'whsec_c2lnbmVkIHdpdGggdGhpcyBrZXk=';
const signing = { signature: 'standard', secret } as const;

describe.each(places)('callbacks in %s', (_kind, isThere, open) => {
  it.skipIf(isThere)(withoutPostgres, () => undefined);

  it.runIf(isThere)(
    'are notified once of each run that ends or waits, signed, and of none from before them',
    async () => {
      const { callbacks, stores, end } = await open();
      const got: { readonly id: string; readonly body: string }[] = [];
      const service = await standIn((app) => {
        app.post('/taken', async ({ req, text }) => {
          const body = await req.text();
          checkSignature(req.raw.headers, Buffer.from(body), signing, Date.now());
          got.push({ id: req.header('webhook-id') ?? '', body });
          return text('');
        });
      });
      await stores.runs.begin(run('exec_before'));
      await stores.runs.end('exec_before', 'done', Date.now() - 1_000, { ok: true });
      const wanted = { workspace: 'default', events: callbackEvents, secretName: 'KEY' };
      const { id } = await makeCallback(callbacks, { ...wanted, url: `${service.url}/taken` });
      await stores.runs.begin(run('exec_1'));
      const waiting = [{ node: 'ask', prompt: 'Which bus?', sinceMs: 7 }];
      await stores.runs.suspend('exec_1', { wakeAtMs: null, waiting }, { ok: true });
      const parts = {
        ...{ store: callbacks, log: silentLog, everyMs: 50, secretOf: () => secret },
        runOf: (_workspace: string, id: string) => stores.runs.head(id),
      };
      const both = [deliverCallbacks(parts), deliverCallbacks(parts)];
      await expect.poll(() => got.length).toBe(1);
      expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({
        type: 'run.waiting',
        data: { executionId: 'exec_1', workspace: 'default', state: 'suspended' },
      });
      await stores.runs.claim('exec_1', '2:b');
      await stores.runs.end('exec_1', 'done', Date.now(), { ok: true });
      await expect.poll(() => got.length).toBe(2);
      await expect
        .poll(async () => (await callbacks.deliveries(id, 10)).map(({ state }) => state))
        .toEqual(['done', 'done']);
      await Promise.all(both.map(({ close }) => close()));
      expect(new Set(got.map((one) => one.id)).size).toBe(2);
      expect(got).toHaveLength(2);
      await end();
    },
  );

  it.runIf(isThere)(
    'are tried again where they fail, and kept as dead where they want no more, until sent again',
    async () => {
      const { callbacks, stores, end } = await open();
      let [gone, failed] = [0, 0];
      const service = await standIn((app) => {
        app.post('/gone', ({ text }) => {
          gone += 1;
          return gone === 1 ? text('', 410) : text('');
        });
        app.post('/fails', ({ text }) => {
          failed += 1;
          return text('', 503);
        });
      });
      const wanted = { workspace: 'default', events: ['run.ended'] as const, secretName: 'KEY' };
      const { id } = await makeCallback(callbacks, { ...wanted, url: `${service.url}/gone` });
      const { id: other } = await makeCallback(callbacks, { ...wanted, url: `${service.url}/fails` });
      const { id: unsigned } = await makeCallback(callbacks, {
        ...wanted,
        url: service.url,
        secretName: 'NO',
      });
      await stores.runs.begin(run('exec_1'));
      await stores.runs.end('exec_1', 'failed', Date.now(), { ok: false, code: 'TIMEOUT', error: 'late' });
      const delivering = deliverCallbacks({
        ...{ store: callbacks, log: silentLog, everyMs: 50 },
        secretOf: (_workspace, name) => {
          if (name === 'NO') throw new Error('There is no secret "NO".');
          return secret;
        },
        runOf: (_workspace: string, id: string) => stores.runs.head(id),
      });
      const first = async (callback: string) => (await callbacks.deliveries(callback, 1))[0];
      await expect.poll(() => first(id)).toMatchObject({ state: 'dead', attempts: 1, outcome: 'HTTP 410' });
      await expect
        .poll(() => first(other))
        .toMatchObject({ state: 'waiting', attempts: 1, outcome: 'HTTP 503' });
      expect((await first(other))?.nextAtMs).toBeGreaterThan(Date.now());
      await expect.poll(() => first(unsigned)).toMatchObject({ state: 'waiting', attempts: 1 });
      expect(await callbacks.retry(id, Date.now())).toBe(1);
      await expect.poll(() => first(id)).toMatchObject({ state: 'done' });
      await delivering.close();
      expect([gone, failed]).toEqual([2, 1]);
      expect(await callbacks.remove(id, 'other')).toBe(false);
      expect(await callbacks.remove(id, 'default')).toBe(true);
      expect(await callbacks.deliveries(id, 10)).toEqual([]);
      await end();
    },
  );
});

describe.each(places)('most jobs failing, in %s', (_kind, isThere, open) => {
  it.skipIf(isThere)(withoutPostgres, () => undefined);

  it.runIf(isThere)('is said once, and only where it is so', async () => {
    const { callbacks, jobs, taker, end } = await open();
    const got: string[] = [];
    const service = await standIn((app) => {
      app.post('/:workspace', async ({ req, text }) => {
        got.push(await req.text());
        return text('');
      });
    });
    const work = async (id: string, workspace: string, state: 'done' | 'dead') => {
      const how = { queue: 'q', priority: 1, mostAttempts: 3, timeoutMs: 1_000, how: {} };
      await jobs.submit({ id, workspace, ...how }, run(id));
      await jobs.claim(id, taker);
      await jobs.settle(id, taker, { state, code: null, error: null, afterMs: 0 });
    };
    for (const workspace of ['well', 'ill']) {
      const events = ['jobs.failing'] as const;
      const wanted = { workspace, events, secretName: 'KEY', url: `${service.url}/${workspace}` };
      await makeCallback(callbacks, wanted);
      await work(`${workspace}_1`, workspace, 'dead');
      await work(`${workspace}_2`, workspace, 'done');
    }
    await work('ill_3', 'ill', 'dead');
    const parts = {
      ...{ store: callbacks, log: silentLog, everyMs: 50, secretOf: () => secret },
      ...{ runOf: async () => undefined, failures: () => jobs.failures(Date.now() - 3_600_000) },
    };
    const both = [deliverCallbacks(parts), deliverCallbacks(parts)];
    await expect.poll(() => got.length).toBeGreaterThan(0);
    await Promise.all(both.map(({ close }) => close()));
    const said = got.map((body) => JSON.parse(body));
    expect(said[0]).toMatchObject({
      type: 'jobs.failing',
      data: { workspace: 'ill', ended: 3, failed: 2 },
    });
    // An hour may end meanwhile.
    expect(new Set(said.map(({ data }) => data.workspace))).toEqual(new Set(['ill']));
    expect(said.length).toBeLessThan(3);
    await end();
  });
});

it.each(['ftp://host/', 'https://me:secret@host/', 'nonsense'])('refuses %s as an address', async (url) => {
  const callbacks = openSqliteCallbacks(null);
  const wanted = { workspace: 'default', events: callbackEvents, secretName: 'KEY', url };
  await expect(makeCallback(callbacks, wanted)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await callbacks.close();
});
