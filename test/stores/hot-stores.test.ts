import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import type { HotTexts } from '../../src/core/stores/hot-texts.ts';
import { diskContents } from '../../src/stores/artifacts/disk-contents.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import type { PostgresDatabase } from '../../src/stores/postgres/postgres-database.ts';
import { postgresStores } from '../../src/stores/postgres/postgres-stores.ts';
import { openRedis } from '../../src/stores/redis/open-redis.ts';
import { redisHotSessions } from '../../src/stores/redis/redis-hot-sessions.ts';
import { redisTexts } from '../../src/stores/redis/redis-texts.ts';
import { amount } from '../harness/amount.ts';
import {
  hasPostgres,
  type PostgresServer,
  startPostgres,
  withoutPostgres,
} from '../harness/servers/postgres-server.ts';
import { hasRedis, type RedisServer, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { describeHotSessions } from './session-contract.ts';
import { describeStores } from './store-contract.ts';

describe.runIf(!hasPostgres || !hasRedis)('stores with Redis before them', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('stores with Redis before them', () => {
  const dir = newTempDir('hot-contents');
  let postgres: PostgresServer;
  let redis: RedisServer;
  let database: PostgresDatabase;
  let hot: HotTexts;
  let client: Redis;
  /** How much of what was asked for Redis had. */
  const answers = { found: 0, asked: 0 };

  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
    database = await openPostgres(await postgres.newDatabase(), silentLog);
    client = await openRedis(redis.url);
    const texts = redisTexts(client);
    hot = {
      ...texts,
      getMany: async (keys) => {
        const found = await texts.getMany(keys);
        answers.asked += keys.length;
        answers.found += found.filter((text) => text !== undefined).length;
        return found;
      },
    };
  });
  afterAll(async () => {
    client.disconnect();
    await database.close();
    await Promise.all([postgres.stop(), redis.stop()]);
    rmSync(dir, { recursive: true, force: true });
  });

  const open = async (workspace?: string, now?: () => number) =>
    postgresStores(database, {
      ...{ workspace, now, hot },
      contents: diskContents(join(dir, 'artifacts'), workspace ?? 'default'),
    });
  describeStores('PostgreSQL with Redis before it', async () => ({
    open,
    // Redis keeps what it has: what an earlier test left there must be believed by none.
    remove: async () => {
      await database.query`truncate memo, audit, run, run_journal, workflow, workflow_version, artifact`;
    },
  }));

  let places = 0;
  describeHotSessions('Redis', async () => {
    const workspace = `place-${places++}`;
    const own = redisHotSessions(client, workspace);
    const keyOf = (id: string) => `session:${workspace}:${id}`;
    /** Redis counts real time: a minute stands for a second, so that a slow machine changes nothing. */
    const stretch = async (id: string) => {
      const leftMs = await client.pttl(keyOf(id));
      if (leftMs > 0) await client.pexpire(keyOf(id), leftMs * 60);
    };
    return {
      hot: {
        ...own,
        get: async (id) => {
          const found = await own.get(id);
          await stretch(id);
          return found;
        },
        set: async (session) => {
          await own.set(session);
          await stretch(session.sessionId);
        },
      },
      pass: async (ms) => {
        for (const id of ['exec_1', 'exec_2'])
          await client.pexpire(keyOf(id), Math.max(0, (await client.pttl(keyOf(id))) - ms * 60));
      },
      close: async () => undefined,
    };
  });

  const begun = (executionId: string) => ({
    ...{ executionId, workflowId: 'w', name: null, planHash: 'h', plan: { text: 'x'.repeat(10_000) } },
    ...{ input: null, caller: null, owner: '1:a', startedAtMs: 1, journalVersion: 2 },
  });
  const step = (nth: number) => ({ node: `n${nth}`, state: 'done', atMs: nth, detail: null });

  it('are read from Redis where that has them', async () => {
    const [here, there] = [await open('warm'), await open('warm')];
    const data = { text: 'y'.repeat(10_000) };
    await here.runs.begin(begun('exec_1'));
    await here.runs.append('exec_1', [step(0)], 'killSafe');
    await here.memo.complete({ key: 'k', command: 'c', data, claims: [] });
    const read = async () => [
      await there.runs.get('exec_1'),
      await there.runs.transitions('exec_1'),
      await there.memo.get('k'),
    ];
    const first = await read();
    await expect
      .poll(async () => {
        answers.found = 0;
        return [await read(), answers.found];
      })
      .toEqual([first, 3]);
    expect(first).toMatchObject([{ state: 'running' }, [step(0)], { state: 'done', data }]);
  });

  it('give what was written last, whatever Redis loses and whenever it is gone', async () => {
    const [writer, reader] = [await open('lossy'), await open('lossy')];
    const troubles = [() => redis.flush(), () => redis.restart(), () => redis.kill(), () => redis.start()];
    await writer.runs.begin(begun('exec_1'));
    const written: object[] = [];
    for (let nth = 0; nth < amount(40, 400); nth++) {
      if (nth % 5 === 4) await troubles[Math.floor(nth / 5) % troubles.length]?.();
      await writer.runs.append('exec_1', [step(nth)], 'killSafe');
      written.push(step(nth));
      const data = { nth, text: 'z'.repeat(5_000) };
      if (nth % 3 === 0) await writer.memo.intend({ key: 'k', command: 'c', before: nth });
      else await writer.memo.complete({ key: 'k', command: 'c', data, claims: [] });
      expect(await reader.runs.transitions('exec_1')).toEqual(written);
      const entry = await reader.memo.get('k');
      expect(entry).toMatchObject(nth % 3 === 0 ? { state: 'intent', before: nth } : { state: 'done', data });
    }
    await writer.runs.end('exec_1', 'done', 9, { ok: true });
    expect(await reader.runs.get('exec_1')).toMatchObject({ state: 'done', result: { ok: true } });
  });

  it('do without a Redis that cannot be reached', async () => {
    const nobody = await openRedis('redis://127.0.0.1:1');
    const texts = redisTexts(nobody);
    expect(await texts.getMany(['a', 'b'])).toEqual([undefined, undefined]);
    texts.keep('a', 'text');
    nobody.disconnect();
  });
});
