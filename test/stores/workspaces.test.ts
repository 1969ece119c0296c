import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { Stores } from '../../src/core/stores/stores.ts';
import { memoryContents } from '../../src/stores/artifacts/memory-contents.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { openRedis } from '../../src/stores/redis/open-redis.ts';
import { redisHotSessions } from '../../src/stores/redis/redis-hot-sessions.ts';
import { redisTexts } from '../../src/stores/redis/redis-texts.ts';
import { amount } from '../harness/amount.ts';
import { hasPostgres, startPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';

const WORKSPACES = amount(40, 500);
const CALLS = amount(800, 20_000);
const AT_ONCE = 25;

/** What one workspace has written, and all that it may ever read. */
interface Own {
  readonly stores: Stores;
  readonly runs: Map<string, string>;
  readonly memo: Map<string, string>;
  readonly workflows: Map<string, string>;
  audits: number;
}

describe.runIf(!hasPostgres || !hasRedis)('many workspaces', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('many workspaces', () => {
  it(`${WORKSPACES} with the same ids see their own rows in ${CALLS} random calls, and never another one's`, async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    const database = await openPostgres(await postgres.newDatabase(), silentLog);
    const client = await openRedis(redis.url);
    const all = Array.from({ length: WORKSPACES }, (_, nth): Own => {
      const workspace = `team-${nth}`;
      const hot = { hot: redisTexts(client), hotSessions: redisHotSessions(client, workspace) };
      const stores = postgresStores(database, { workspace, contents: memoryContents(), ...hot });
      return { stores, runs: new Map(), memo: new Map(), workflows: new Map(), audits: 0 };
    });
    const random = seeded(3);
    const work = async (own: Own, kind: number, id: number, value: string): Promise<void> => {
      const { stores, runs, memo, workflows } = own;
      const [run, key, workflow] = [`exec_${id}`, `key-${id}`, `flow-${id}`];
      if (kind === 0 && !runs.has(run)) {
        runs.set(run, value);
        const facts = { workflowId: 'w', name: value, planHash: 'h', plan: {}, input: null, caller: null };
        const begun = { executionId: run, owner: '1:a', startedAtMs: 1, journalVersion: 4 };
        await stores.runs.begin({ ...facts, ...begun });
      } else if (kind === 1) {
        expect((await stores.runs.get(run))?.name).toBe(runs.get(run));
        const heads = await stores.runs.list({ limit: 100 });
        expect(heads.map(({ name }) => name).sort()).toEqual([...runs.values()].sort());
      } else if (kind === 2) {
        memo.set(key, value);
        await stores.memo.complete({ key, command: 'c', data: { value }, claims: [] });
      } else if (kind === 3) {
        const found = await stores.memo.find({ limit: 100, offset: 0 });
        expect(found.entries.map(({ key }) => key).sort()).toEqual([...memo.keys()].sort());
        const [kept] = await stores.memo.getMany([key]);
        expect(kept).toEqual(
          memo.has(key) ? expect.objectContaining({ data: { value: memo.get(key) } }) : undefined,
        );
      } else if (kind === 4) {
        workflows.set(workflow, value);
        const document = { workflowId: workflow, nodes: [] };
        await stores.library.save({ workflowId: workflow, name: value, description: null, document });
      } else if (kind === 5) {
        expect((await stores.library.get(workflow))?.name).toBe(workflows.get(workflow));
        expect((await stores.library.list({ limit: 100, offset: 0 })).total).toBe(workflows.size);
      } else if (kind === 6) {
        own.audits += 1;
        const made = { executionId: null, caller: 'test', command: 'c', payload: { value }, ok: true };
        const rest = { code: null, error: null, memo: null, idemKey: null, durationMs: 1 };
        await stores.audit.append({ atMs: 1, ...made, ...rest });
      } else expect(await stores.audit.count({})).toBe(own.audits);
    };
    const queues = new Map<Own, Promise<void>>();
    for (let nth = 0; nth < CALLS; nth += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, (_, of) => {
        const own = all[Math.floor(random() * all.length)];
        if (own === undefined) throw new Error('There is no such workspace.');
        const [kind, id] = [Math.floor(random() * 8), Math.floor(random() * 12)];
        const value = `${own.stores.workspace} ${nth + of}`;
        const next = (queues.get(own) ?? Promise.resolve()).then(() => work(own, kind, id, value));
        queues.set(own, next);
        return next;
      });
      await Promise.all(batch);
    }
    for (const { stores } of all) await stores.close();
    client.disconnect();
    await database.close();
    await Promise.all([postgres.stop(), redis.stop()]);
  });
});

/** The same numbers each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
