import { Queue } from 'bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { openQueue } from '../../src/jobs/queue.ts';
import { postgresLanes } from '../../src/stores/postgres/postgres-lanes.ts';
import { isLong } from '../harness/amount.ts';
import { hasPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import {
  countOf,
  isAlive,
  openWorkerRoom,
  soundFlow,
  soundNode,
  type WorkerRoom,
} from '../harness/worker-room.ts';

describe.runIf(!hasPostgres || !hasRedis)('workers that meet trouble', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('workers that meet trouble', () => {
  let room: WorkerRoom;
  beforeAll(async () => {
    room = await openWorkerRoom('worker-faults');
  });
  beforeEach(() => room.hold.reset());
  afterAll(() => room.close());

  const stateOf = async (id: string) => (await room.jobs.get(id))?.state;
  const attemptsOf = async (id: string) => {
    const job = await room.jobs.get(id);
    return { state: job?.state, attempts: job?.attempts, takeovers: job?.takeovers };
  };
  /** Makes a Sound, then lasts until it is let go. */
  const slowFlow = (name: string) => ({
    workflowId: `slow-${name}`,
    nodes: [
      soundNode('make', name),
      { id: 'hold', type: 'exec', data: { ...room.hold.node, onUnknown: 'retry' } },
    ],
    edges: [{ source: 'make', target: 'hold' }],
  });
  const held = async (): Promise<number> => {
    await expect.poll(() => room.hold.pid()).toBeTypeOf('number');
    return room.hold.pid() ?? 0;
  };

  it('end an attempt that takes longer than it may, with its programs, and try again after a while', async () => {
    await room.withWorker(async () => {
      const { executionId, done } = await room.begin(slowFlow('Late'));
      const pid = await held();
      await expect
        .poll(() => room.jobs.get(executionId))
        .toMatchObject({ state: 'waiting', code: 'TIMEOUT' });
      await expect.poll(() => isAlive(pid)).toBe(false);
      room.hold.letGo();
      expect(await done).toMatchObject({ ok: true });
      expect(await attemptsOf(executionId)).toMatchObject({ state: 'done', takeovers: 0 });
      expect((await room.jobs.get(executionId))?.attempts).toBeGreaterThan(1);
    }, ['--job-timeout', '5']);
    expect(countOf('Late', room.workUnit())).toBe(1);
  });

  it('stop what is cancelled, with its programs, and do no more of it', async () => {
    await room.withWorker(async () => {
      const { executionId, done } = await room.begin({
        ...slowFlow('Unwanted'),
        nodes: [{ id: 'hold', type: 'exec', data: room.hold.node }, soundNode('make', 'Unwanted')],
        edges: [{ source: 'hold', target: 'make' }],
      });
      const pid = await held();
      expect(await room.service.cancel(executionId)).toMatchObject({ ok: true });
      expect(await done).toMatchObject({ ok: false, code: 'CANCELLED' });
      await expect.poll(() => stateOf(executionId)).toBe('cancelled');
      await expect.poll(() => isAlive(pid)).toBe(false);
      expect(await room.service.status(executionId)).toMatchObject({ data: { state: 'cancelled' } });
    });
    expect(countOf('Unwanted', room.workUnit())).toBe(0);
  });

  // The minute is of Redis, so it passes as minutes do.
  it.runIf(isLong)('begin no more jobs in a minute than they may', async () => {
    const names = ['Slow1', 'Slow2', 'Slow3'];
    await room.withWorker(async () => {
      const runs = await Promise.all(names.map((name) => room.begin(soundFlow(name))));
      await Promise.all(runs.slice(0, 2).map(({ done }) => done));
      const { port, hostname } = new URL(room.redis.url);
      const queue = new Queue('default', {
        prefix: 'wwiseflow',
        connection: { port: Number(port), host: hostname },
      });
      await expect.poll(() => queue.getRateLimitTtl(2)).toBeGreaterThan(0);
      const states = await Promise.all(runs.map(({ executionId }) => stateOf(executionId)));
      expect(states.filter((state) => state === 'done')).toHaveLength(2);
      await queue.close();
    }, ['--max-jobs-per-minute', '2']);
    await room.redis.flush();
    await room.withWorker(async () => {
      const { done } = await room.begin(soundFlow('AfterSlow3'));
      expect(await done).toMatchObject({ ok: true });
      await expect.poll(() => names.map((name) => countOf(name, room.workUnit()))).toEqual([1, 1, 1]);
    });
  });

  it('do once what is announced many times', async () => {
    const { executionId, done } = await room.begin(soundFlow('Echo'));
    const queue = await openQueue(room.redis.url, 'default', silentLog);
    const announced = Array.from({ length: 30 }, (_, takeovers) => ({ attempts: 0, takeovers }));
    await queue.announce(announced.map((how) => ({ id: executionId, priority: 1, ...how })));
    await room.withWorker(async () => {
      expect(await done).toMatchObject({ ok: true });
      await queue.announce(announced.map((how) => ({ id: executionId, priority: 1, ...how })));
      // What comes after all of these has seen them taken.
      const { done: last } = await room.begin(soundFlow('AfterEcho'));
      expect(await last).toMatchObject({ ok: true });
    });
    await queue.close();
    expect(await attemptsOf(executionId)).toEqual({ state: 'done', attempts: 1, takeovers: 0 });
    const calls = await room.service.audit.count({ executionId, command: 'create_object' });
    expect(calls).toMatchObject({ ok: true, data: { total: 1 } });
    expect(countOf('Echo', room.workUnit())).toBe(1);
  });

  it('leave a project to one of them at a time', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `Shared${index}`);
    await room.withWorker(() =>
      room.withWorker(async () => {
        const runs = await Promise.all(names.map((name) => room.begin(soundFlow(name))));
        for (const { done } of runs) expect(await done).toMatchObject({ ok: true });
        const owners = await Promise.all(runs.map(({ executionId }) => room.jobs.get(executionId)));
        expect(new Set(owners.map((job) => job?.worker)).size).toBe(1);
      }),
    );
    const [lane, ...others] = await postgresLanes(room.database).list();
    expect([lane?.lane, others]).toEqual([expect.stringContaining('Test.wproj'), []]);
    for (const name of names) expect(countOf(name, room.workUnit())).toBe(1);
  });

  it('lose nothing and do nothing twice where Redis loses all it has and is started again meanwhile', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Flushed${index}`);
    await room.withWorker(async () => {
      const runs = await Promise.all(names.map((name) => room.begin(soundFlow(name))));
      await runs[0]?.done;
      await room.redis.flush();
      await runs[2]?.done;
      await room.redis.restart();
      for (const { done } of runs) expect(await done).toMatchObject({ ok: true });
      const jobs = await Promise.all(runs.map(({ executionId }) => attemptsOf(executionId)));
      expect(jobs).toEqual(names.map(() => ({ state: 'done', attempts: 1, takeovers: 0 })));
    }, ['--concurrency', '1']);
    for (const name of names) expect(countOf(name, room.workUnit())).toBe(1);
  });

  it('write nothing to the project once the lane is lost, and the next one does it', async () => {
    await room.withWorker(async () => {
      const { executionId, done } = await room.begin(slowFlow('Fenced'));
      await held();
      await room.database
        .query`update lane set epoch = epoch + 1, owner = 'another one', until = clock_timestamp() + interval '1 hour'`;
      room.hold.letGo();
      await expect
        .poll(async () => (await room.service.status(executionId)).ok && room.workUnit())
        .not.toContain('Fenced');
      expect(await stateOf(executionId)).not.toBe('done');
      await room.database.query`update lane set until = clock_timestamp()`;
      expect(await done).toMatchObject({ ok: true });
    });
    expect(countOf('Fenced', room.workUnit())).toBe(1);
  });

  it('write nothing more after they stood still for so long that another one went on', async () => {
    const first = room.spawnWorker();
    const { executionId, done } = await room.begin(slowFlow('Slow'));
    await held();
    first.child.kill('SIGSTOP');
    room.hold.letGo();
    const second = room.spawnWorker();
    // The project is open in a process that lives: nobody else may write it until that has let go.
    await expect
      .poll(() => room.jobs.get(executionId))
      .toMatchObject({ state: 'waiting', takeovers: 1, code: 'WAAPI_UNAVAILABLE' });
    first.child.kill('SIGCONT');
    expect(await done).toMatchObject({ ok: true });
    expect(await attemptsOf(executionId)).toMatchObject({ state: 'done', takeovers: 1 });
    const after = room.workUnit();
    second.child.kill('SIGTERM');
    await second.gone;
    // The first one has let go of all it knew, and takes the lane again.
    const { done: last } = await room.begin(soundFlow('AfterSlow'));
    expect(await last).toMatchObject({ ok: true });
    first.child.kill('SIGTERM');
    await first.gone;
    expect([countOf('Slow', after), countOf('Slow', room.workUnit())]).toEqual([1, 1]);
    expect(countOf('AfterSlow', room.workUnit())).toBe(1);
  });

  it.runIf(isLong)(
    'go on within 30 s with the run of one that was killed, with the usual times',
    async () => {
      const usual = ['--take-over-after', '10'];
      const first = room.spawnWorker(usual);
      const { done } = await room.begin(slowFlow('Killed'));
      await held();
      const second = room.spawnWorker(usual);
      first.child.kill('SIGKILL');
      const killedAtMs = performance.now();
      room.hold.letGo();
      expect(await done).toMatchObject({ ok: true });
      expect(performance.now() - killedAtMs).toBeLessThan(30_000);
      expect(countOf('Killed', room.workUnit())).toBe(1);
      second.child.kill('SIGTERM');
      await second.gone;
    },
  );
});
