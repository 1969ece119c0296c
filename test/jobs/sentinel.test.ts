import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { redisConnection } from '../../src/core/redis-address.ts';
import { openPostgres } from '../../src/stores/postgres/open-postgres.ts';
import { postgresJobs } from '../../src/stores/postgres/postgres-jobs.ts';
import { openRedis } from '../../src/stores/redis/open-redis.ts';
import { appIn } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { hasPostgres, startPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { startSentinel } from '../harness/servers/sentinel-servers.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { countOf, soundFlow, spawnWorkerOf } from '../harness/worker-room.ts';

describe('an address of Redis', () => {
  it.each([
    ['redis://h', { host: 'h', port: 6379 }],
    ['rediss://u:p%40@h:1/2', { host: 'h', port: 1, username: 'u', password: 'p@', tls: {}, db: 2 }],
    ['redis://:p@[::1]:7', { host: '::1', port: 7, password: 'p' }],
    [
      'redis+sentinel://:p@a,b:1/game/3',
      {
        sentinels: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 1 },
        ],
        ...{ name: 'game', password: 'p', db: 3, failoverDetector: true },
      },
    ],
  ])('%s names a server, or sentinels and their master', (address, connection) => {
    expect(redisConnection(address)).toEqual(connection);
  });

  it.each(['redis+sentinel://a,b', 'redis://a,b', 'http://h', 'redis://h/x', 'redis://h/1/2'])(
    'is not %s',
    (address) => expect(redisConnection(address)).toBeUndefined(),
  );
});

describe.runIf(!hasPostgres || !hasRedis)('workers behind sentinels', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('workers behind sentinels', () => {
  const dir = tempDir('sentinel-workers');

  it('lose no job and do none twice where the master dies and its replica takes over', async () => {
    const [postgres, sentinel] = await Promise.all([startPostgres(), startSentinel()]);
    const databaseUrl = await postgres.newDatabase();
    const database = await openPostgres(databaseUrl, silentLog);
    const jobs = postgresJobs(database);
    const projectPath = join(dir, 'project', 'Test.wproj');
    freshProject(projectPath);
    const shared = ['--project', projectPath, '--database', databaseUrl, '--redis', sentinel.url];
    const app = appIn(dir, ['--state', join(dir, 'state'), ...shared]);
    const service = await app.openService();
    const begin = async (name: string) => {
      const begun = await service.run({ workflow: soundFlow(name), caller: 'test', waitMs: 0 });
      if (!begun.ok) throw new Error(begun.error);
      return begun.data;
    };
    const options = ['--state', join(dir, 'worker'), '--concurrency', '1', ...shared];
    const worker = spawnWorkerOf(dir, options);
    const before = Array.from({ length: 8 }, (_, nth) => `Before${nth}`);
    const after = Array.from({ length: 4 }, (_, nth) => `After${nth}`);
    const runs = await Promise.all(before.map(begin));
    await runs[0]?.done;
    const failingOver = sentinel.failOver();
    const meanwhile = await begin('Meanwhile');
    await failingOver;
    const later = await Promise.all(after.map(begin));
    const all = [...runs, meanwhile, ...later];
    for (const { done } of all) expect(await done).toMatchObject({ ok: true });
    for (const { executionId } of all)
      expect(await jobs.get(executionId)).toMatchObject({ state: 'done', attempts: 1, takeovers: 0 });
    const client = await openRedis(sentinel.url);
    await expect.poll(() => client.ping().catch(() => '')).toBe('PONG');
    client.disconnect();
    worker.child.kill('SIGTERM');
    await worker.gone;
    const unit = readFileSync(join(dir, 'project', 'Containers', 'Default Work Unit.wwu'), 'utf8');
    for (const name of [...before, 'Meanwhile', ...after]) expect(countOf(name, unit)).toBe(1);
    await app.close();
    await database.close();
    await Promise.all([postgres.stop(), sentinel.stop()]);
  });
});
