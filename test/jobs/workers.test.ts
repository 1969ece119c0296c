import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJobs } from '../../src/facades/cli/jobs.ts';
import { freePort } from '../harness/servers/free-port.ts';
import { hasPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { countOf, openWorkerRoom, soundFlow, soundNode, type WorkerRoom } from '../harness/worker-room.ts';

describe.runIf(!hasPostgres || !hasRedis)('workers', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('workers', () => {
  let room: WorkerRoom;
  beforeAll(async () => {
    room = await openWorkerRoom('workers');
  });
  afterAll(() => room.close());

  it('execute what was begun elsewhere, and have it in the files before they say so', async () => {
    const { executionId, done, answer } = await room.begin(soundFlow('Door'));
    expect(await answer).toMatchObject({ ok: true, data: { executionId, state: 'running', percent: 0 } });
    expect(await room.jobs.get(executionId)).toMatchObject({ state: 'waiting', attempts: 0 });
    await room.withWorker(async () => {
      expect(await done).toMatchObject({ ok: true });
      expect(countOf('Door', room.workUnit())).toBe(1);
    });
    expect(await room.service.status(executionId)).toMatchObject({ data: { state: 'done', percent: 100 } });
    expect(await room.jobs.get(executionId)).toMatchObject({ state: 'done', attempts: 1, takeovers: 0 });
  });

  it('begin nothing that was cancelled before, and do it when it is resumed', async () => {
    const { executionId } = await room.begin(soundFlow('Gate'));
    expect(await room.service.cancel(executionId)).toMatchObject({ ok: true, data: { state: 'cancelled' } });
    await room.withWorker(async () => {
      const { done } = await room.begin(soundFlow('Hatch'));
      expect(await done).toMatchObject({ ok: true });
      expect(await room.service.status(executionId)).toMatchObject({ data: { state: 'cancelled' } });
      const resumed = await room.service.resume(executionId, { caller: 'test' });
      if (!resumed.ok) throw new Error(resumed.error);
      expect(await resumed.data.done).toMatchObject({ ok: true });
    });
    expect(countOf('Gate', room.workUnit())).toBe(1);
  });

  it('do what Redis has forgotten, and what was begun while it was gone', async () => {
    const before = await Promise.all(['A', 'B', 'C'].map((name) => room.begin(soundFlow(`Lost${name}`))));
    await room.redis.flush();
    await room.redis.kill();
    const meanwhile = await room.begin(soundFlow('Meanwhile'));
    await room.redis.start();
    await room.withWorker(async () => {
      for (const { done } of [...before, meanwhile]) expect(await done).toMatchObject({ ok: true });
    });
    for (const name of ['LostA', 'LostB', 'LostC', 'Meanwhile'])
      expect(countOf(name, room.workUnit())).toBe(1);
  });

  it('keep what failed for good with its reason, until somebody has it done again or discards it', async () => {
    const broken = { ...soundFlow('Door'), workflowId: 'twice' };
    await room.withWorker(async () => {
      const { executionId, done } = await room.begin({
        ...broken,
        nodes: [{ id: 'q', type: 'query_waql', data: { query: '$ "\\Nowhere" select' } }],
      });
      expect(await done).toMatchObject({ ok: false });
      const dead = await room.jobs.get(executionId);
      expect(dead).toMatchObject({ state: 'dead', code: expect.stringMatching(/^[A-Z_]+$/) });
      expect(await room.jobs.list({ workspace: 'default', state: 'dead', limit: 10 })).toMatchObject([
        { id: executionId },
      ]);
      const said: string[] = [];
      const order = { id: executionId, isDead: true, limit: 10, json: false };
      const asked = (action: 'list' | 'retry' | 'discard') =>
        runJobs({ ...order, action }, room.jobs, room.service, (line) => said.push(String(line)));
      await asked('list');
      expect(said.join('\n')).toContain(`${executionId}  dead  queue default  1 attempt`);
      await asked('retry');
      await expect.poll(async () => (await room.jobs.get(executionId))?.state).toBe('dead');
      await asked('discard');
      await expect(asked('discard')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(await room.jobs.list({ workspace: 'default', state: 'dead', limit: 10 })).toEqual([]);
    });
  });

  it('go on with the run of one that was killed, and do nothing twice', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Step${index}`);
    const nodes = names.map((name, index) => soundNode(`n${index}`, name));
    const edges = names.slice(1).map((_, index) => ({ source: `n${index}`, target: `n${index + 1}` }));
    const first = room.spawnWorker();
    const { executionId, done } = await room.begin({ workflowId: 'steps', nodes, edges });
    await expect
      .poll(
        async () => {
          const status = await room.service.status(executionId);
          return status.ok && status.data.percent > 0;
        },
        { interval: 5 },
      )
      .toBe(true);
    first.child.kill('SIGKILL');
    await first.gone;
    const second = room.spawnWorker();
    expect(await done).toMatchObject({ ok: true });
    for (const name of names) expect(countOf(name, room.workUnit())).toBe(1);
    second.child.kill('SIGTERM');
    await second.gone;
  });

  it('say how they are', async () => {
    const port = await freePort();
    await room.withWorker(async () => {
      const health = async () => (await fetch(`http://127.0.0.1:${port}/health`)).text();
      await expect.poll(health).toContain('"lane":{"lane":');
      const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(metrics).toContain('wwiseflow_jobs_waiting{queue="default"} 0');
      expect(metrics).toContain('wwiseflow_worker_lane_held{queue="default"} 1');
    }, ['--health-port', String(port)]);
  });
});
