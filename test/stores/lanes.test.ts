import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresLanes } from '../../src/stores/postgres/postgres-lanes.ts';
import { openRedis } from '../../src/stores/redis/open-redis.ts';
import { redisLanes } from '../../src/stores/redis/redis-lanes.ts';
import {
  hasPostgres,
  type PostgresServer,
  startPostgres,
  withoutPostgres,
} from '../harness/servers/postgres-server.ts';
import { hasRedis, startRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { describeLanes } from './lane-contract.ts';

describe.runIf(hasPostgres)('lanes in PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  describeLanes(async (work) => {
    const database = await openPostgres(await server.newDatabase(), silentLog);
    await work(postgresLanes(database));
    await database.close();
  });
});

describe.runIf(!hasPostgres)('lanes in PostgreSQL', () => {
  it.skip(withoutPostgres, () => undefined);
});

describe.runIf(hasRedis)('lanes in Redis', () => {
  describeLanes(async (work) => {
    const server = await startRedis();
    const client = await openRedis(server.url);
    await work(redisLanes(client));
    client.disconnect();
    await server.stop();
  });

  it('are lost where Redis loses all it has, and go on with a later epoch', async () => {
    const server = await startRedis();
    const client = await openRedis(server.url);
    const lanes = redisLanes(client);
    const hold = await lanes.take('l', { owner: 'a', host: 'here' }, 60_000);
    if (hold === undefined) throw new Error('nobody has it');
    await server.restart();
    expect(await lanes.extend(hold, 60_000)).toBe(false);
    const next = await lanes.take('l', { owner: 'b', host: 'here' }, 60_000);
    expect(next?.epoch).toBeGreaterThan(hold.epoch);
    client.disconnect();
    await server.stop();
  });
});

describe.runIf(!hasRedis)('lanes in Redis', () => {
  it.skip(withoutRedis, () => undefined);
});
