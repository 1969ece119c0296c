import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken, newToken } from '../../src/core/access/token.ts';
import { silentLog } from '../../src/core/log.ts';
import type { LaneHold } from '../../src/core/stores/lane-store.ts';
import { diskContents } from '../../src/stores/artifacts/disk-contents.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import type { PostgresDatabase } from '../../src/stores/postgres/postgres-database.ts';
import { postgresHooks } from '../../src/stores/postgres/postgres-hooks.ts';
import { postgresLanes } from '../../src/stores/postgres/postgres-lanes.ts';
import { postgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { postgresTokens } from '../../src/stores/postgres/postgres-tokens.ts';
import { amount } from '../harness/amount.ts';
import {
  hasPostgres,
  type PostgresServer,
  startPostgres,
  withoutPostgres,
} from '../harness/servers/postgres-server.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { describeArtifacts } from './artifact-contract.ts';
import { describeSessions } from './session-contract.ts';
import { describeStores } from './store-contract.ts';

describe.runIf(!hasPostgres)('stores in PostgreSQL', () => {
  it.skip(withoutPostgres, () => undefined);
});

describe.runIf(hasPostgres)('stores in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await (await common)?.remove();
    await server.stop();
  });

  const makePlace = async () => {
    const url = await server.newDatabase();
    const dir = newTempDir('pg-contents');
    const database = await openPostgres(url, silentLog);
    return {
      ...{ url, database },
      open: async (workspace?: string, now?: () => number) =>
        postgresStores(database, {
          workspace,
          now,
          contents: diskContents(join(dir, 'artifacts'), workspace ?? 'default'),
        }),
      follow: async (address: string) => readFileSync(fileURLToPath(address), 'utf8'),
      remove: async () => {
        await database.close();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  };
  const withPlace = async (work: (place: Awaited<ReturnType<typeof makePlace>>) => Promise<void>) => {
    const place = await makePlace();
    try {
      await work(place);
    } finally {
      await place.remove();
    }
  };

  /** Opening a database for each test of the contracts takes longer than they do: they share one, and leave it empty. */
  let common: Promise<Awaited<ReturnType<typeof makePlace>>> | undefined;
  const commonPlace = async () => {
    common ??= makePlace();
    const place = await common;
    const remove = async () => {
      await place.database
        .query`truncate memo, audit, run, run_journal, workflow, workflow_version, artifact, session, session_archive, compiled_plan`;
    };
    return { ...place, remove };
  };
  describeStores('PostgreSQL', commonPlace);
  describeSessions('PostgreSQL', commonPlace);
  describeArtifacts('with an index in PostgreSQL', commonPlace);

  const run = {
    workflowId: 'w',
    name: null,
    planHash: 'h',
    plan: {},
    input: null,
    caller: null,
    owner: '1:a',
  };
  const begun = (executionId: string) => ({ ...run, executionId, startedAtMs: 1, journalVersion: 2 });
  const step = { node: 'a', state: 'done', atMs: 1, detail: null };

  it('bring their tables up to date once, however many processes open them, and refuse those of a newer version', () =>
    withPlace(async ({ url }) => {
      const opened = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url, silentLog)));
      await Promise.all(opened.map(({ close }) => close()));
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(`insert into migration (version, checksum) values (999, 'of a newer one')`);
      await client.end();
      await expect(openPostgres(url, silentLog)).rejects.toMatchObject({ code: 'STATE_NEWER' });
    }));

  it('say what is wrong where nobody answers, without the password', async () => {
    const refused = openPostgres('postgres://me:s3cret@127.0.0.1:1/x', silentLog);
    await expect(refused).rejects.toMatchObject({ code: 'STATE_UNAVAILABLE' });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('s3cret') });
  });

  it('keep the workspaces apart in the database itself: a query that forgets to ask sees and writes its own rows only', () =>
    withPlace(async ({ url, open }) => {
      for (const workspace of ['a', 'b']) {
        const stores = await open(workspace);
        await stores.runs.begin(begun(`exec_${workspace}`));
        await stores.close();
      }
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const rowsOf = async (statement: string) => (await client.query(statement)).rows;
      expect(await rowsOf('select 1 from run')).toEqual([]);
      await client.query(`set wwiseflow.workspace = 'a'`);
      expect(await rowsOf('select execution_id from run')).toEqual([{ execution_id: 'exec_a' }]);
      expect(await rowsOf(`delete from run where workspace = 'b' returning 1`)).toEqual([]);
      const foreign = `insert into memo (workspace, key, command, state, at_ms) values ('b', 'k', 'c', 'intent', 1)`;
      await expect(client.query(foreign)).rejects.toMatchObject({ code: '42501' });
      await client.end();
    }));

  it(`show no row of another workspace to any of ${amount(40, 500)} that work at once`, () =>
    withPlace(async ({ open }) => {
      const names = Array.from({ length: amount(40, 500) }, (_, index) => `w${index}`);
      await Promise.all(
        names.map(async (workspace, index) => {
          const stores = await open(workspace);
          for (let nth = 0; nth <= index % 3; nth++) await stores.runs.begin(begun(`exec_${nth}`));
          await stores.memo.intend({ key: 'k', command: workspace, before: null });
          await stores.close();
        }),
      );
      const seen = await Promise.all(
        names.map(async (workspace) => {
          const stores = await open(workspace);
          const found = await stores.memo.find({ limit: 1000, offset: 0 });
          return [await stores.runs.count({}), found.entries.map(({ command }) => command)];
        }),
      );
      expect(seen).toEqual(names.map((workspace, index) => [(index % 3) + 1, [workspace]]));
    }));

  it('write each thing once while the server crashes and starts again, and lose nothing that was confirmed', () =>
    withPlace(async ({ open }) => {
      const stores = await open();
      await stores.runs.begin(begun('exec_1'));
      let isOver = false;
      const restarts = (async () => {
        for (let nth = 0; nth < amount(1, 5); nth++) await server.restart();
        isOver = true;
      })();
      const confirmed: string[] = [];
      for (let nth = 0; !isOver || nth < 20; nth++) {
        await stores.runs.append('exec_1', [{ ...step, node: `n${nth}` }], 'killSafe');
        confirmed.push(`n${nth}`);
      }
      await restarts;
      expect((await stores.runs.transitions('exec_1')).map(({ node }) => node)).toEqual(confirmed);
      await stores.close();
    }));

  it('write nothing more for a worker that lost its lane, and all that it began before', () =>
    withPlace(async ({ database, url }) => {
      const lanes = postgresLanes(database);
      const other: PostgresDatabase = await openPostgres(url, silentLog);
      const dir = newTempDir('pg-lane');
      const slow = await lanes.take('here:/p', { owner: 'slow', host: 'here' }, 1);
      const held = (hold: LaneHold | undefined) =>
        postgresStores(database, { contents: diskContents(dir, 'default'), holds: () => hold });
      const stores = held(slow);
      await stores.runs.begin(begun('exec_1'));
      let next: LaneHold | undefined;
      while (next === undefined)
        next = await postgresLanes(other).take('here:/p', { owner: 'next', host: 'here' }, 60_000);
      expect(next.epoch).toBe((slow?.epoch ?? 0) + 1);
      await expect(stores.runs.append('exec_1', [step], 'powerSafe')).rejects.toMatchObject({
        code: 'LANE_LOST',
      });
      await expect(
        stores.memo.complete({ key: 'k', command: 'c', data: {}, claims: [] }),
      ).rejects.toMatchObject({
        code: 'LANE_LOST',
      });
      expect(await stores.runs.transitions('exec_1')).toEqual([]);
      const after = held(next);
      await after.runs.append('exec_1', [step], 'powerSafe');
      expect(await after.runs.transitions('exec_1')).toEqual([step]);
      await other.close();
      rmSync(dir, { recursive: true, force: true });
    }));

  it('know tokens and webhooks by their hash, of every workspace', () =>
    withPlace(async ({ database }) => {
      let nowMs = 100;
      const tokens = postgresTokens(database, () => nowMs);
      const token = newToken();
      const times = { createdAtMs: 1, expiresAtMs: 200 };
      const record = { id: 't1', name: 'CI', workspace: 'a', scope: 'run' as const, ...times };
      await tokens.add({ ...record, hash: hashToken(token) });
      expect(await tokens.find(hashToken(token))).toEqual(record);
      expect(await tokens.find(hashToken(newToken()))).toBeUndefined();
      const hooks = postgresHooks(database, () => nowMs);
      const does = { workflowId: 'w', executionId: null, node: null, signature: 'slack' as const };
      const hook = { id: 'h1', name: null, workspace: 'a', ...does, isSigned: true, ...times };
      await hooks.add({ ...hook, hash: 'x', sealedSecret: 's' });
      expect(await hooks.find('x')).toEqual({ ...hook, sealedSecret: 's' });
      const delivery = { hookId: 'h1', deliveryId: 'd', atMs: 5 };
      expect(await hooks.claimed(delivery)).toBeUndefined();
      expect(await hooks.claim({ ...delivery, executionId: 'e1' })).toBe('e1');
      expect(await hooks.claimed(delivery)).toBe('e1');
      expect(await hooks.claim({ ...delivery, executionId: 'e2' })).toBe('e1');
      expect(await hooks.list('b')).toEqual([]);
      expect(await hooks.list(null)).toEqual([hook]);
      nowMs = 200;
      expect([await tokens.find(hashToken(token)), await hooks.find('x')]).toEqual([undefined, undefined]);
      expect(await tokens.list()).toEqual([record]);
      expect([await tokens.remove('t1'), await tokens.remove('t1')]).toEqual([true, false]);
      expect(await hooks.remove('h1', 'b')).toBe(false);
      expect(await hooks.remove('h1', 'a')).toBe(true);
    }));
});
