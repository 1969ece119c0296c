import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray } from '../../src/core/json.ts';
import { type HttpRoom, openHttpRoom } from '../harness/http-room.ts';
import { withMcp } from '../harness/mcp-room.ts';
import { hasPostgres, withoutPostgres } from '../harness/servers/postgres-server.ts';
import { hasRedis, withoutRedis } from '../harness/servers/redis-server.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { openWorkerRoom, type WorkerRoom } from '../harness/worker-room.ts';

describe.runIf(!hasPostgres || !hasRedis)('dead letters', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('dead letters', () => {
  let room: WorkerRoom;
  let http: HttpRoom;
  beforeAll(async () => {
    room = await openWorkerRoom('dead-letters');
    http = await openHttpRoom(newTempDir('dead-letters-http'), servers());
  });
  afterAll(async () => {
    await http.close();
    await room.close();
  });
  const servers = () => room.shared.slice(2, 6);
  const broken = {
    workflowId: 'broken',
    nodes: [{ id: 'q', type: 'query_waql', data: { query: '$ "\\Nowhere" select' } }],
  };
  const dead = async (): Promise<string> => {
    const { executionId, done } = await room.begin(broken);
    expect(await done).toMatchObject({ ok: false });
    await expect.poll(async () => (await room.jobs.get(executionId))?.state).toBe('dead');
    return executionId;
  };

  it('are listed over REST with their reasons, done again, and discarded once', () =>
    room.withWorker(async () => {
      const executionId = await dead();
      const listed = await http.ask('GET /dead-letters');
      expect(listed.data).toMatchObject({
        deadLetters: [
          { executionId, queue: 'default', attempts: 1, code: expect.stringMatching(/^[A-Z_]+$/) },
        ],
      });
      expect(listed.headers.get('x-total-count')).toBe('1');
      const retried = await http.ask(`POST /dead-letters/${executionId}/retry`, {});
      expect(retried.data).toEqual({ executionId, state: 'waiting' });
      await expect.poll(async () => (await room.jobs.get(executionId))?.state).toBe('dead');
      expect((await http.ask(`DELETE /dead-letters/${executionId}`)).status).toBe(200);
      expect(await http.ask(`DELETE /dead-letters/${executionId}`)).toMatchObject({ status: 404 });
      expect(await http.ask(`POST /dead-letters/${executionId}/retry`, {})).toMatchObject({ status: 404 });
      expect((await http.ask('GET /dead-letters')).data).toMatchObject({ deadLetters: [] });
    }));

  it('are listed for agents page by page', () =>
    room.withWorker(async () => {
      const both = [await dead(), await dead()];
      const argv = [...room.shared, '--state', newTempDir('dead-letters-pages')];
      await withMcp(room.dir, argv, async (mcp) => {
        const first = await mcp.done('dead_letters', { limit: 1 });
        expect(first).toMatchObject({ deadLetters: [{ executionId: both[1] }], total: 2 });
        const second = await mcp.done('dead_letters', { limit: 1, cursor: first.cursor ?? '' });
        expect(second).toMatchObject({ deadLetters: [{ executionId: both[0] }], total: 2, cursor: null });
        const wrong = await mcp.call('dead_letters', { limit: 1, cursor: 'junk' });
        expect(wrong).toMatchObject({ ok: false, code: 'INVALID_INPUT', details: { cursor: 'junk' } });
        await mcp.done('dead_letters', { discard: both });
      });
    }));

  it('are settled by agents', () =>
    room.withWorker(async () => {
      const executionId = await dead();
      const argv = [...room.shared, '--state', newTempDir('dead-letters-mcp')];
      await withMcp(room.dir, argv, async (mcp) => {
        expect(await mcp.done('dead_letters', {})).toMatchObject({ deadLetters: [{ executionId }] });
        const left = await mcp.done('dead_letters', { discard: [executionId] });
        expect(asJsonArray(left.deadLetters)).toEqual([]);
      });
      expect(await room.jobs.get(executionId)).toMatchObject({ state: 'discarded' });
    }));
});
