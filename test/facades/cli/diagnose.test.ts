import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiagnosisParts, diagnoseRun } from '../../../src/facades/cli/diagnose.ts';
import { printTo } from '../../../src/facades/cli/print.ts';
import { postgresLanes } from '../../../src/stores/postgres/postgres-lanes.ts';
import { appIn } from '../../harness/app-in.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { hasPostgres, withoutPostgres } from '../../harness/servers/postgres-server.ts';
import { hasRedis, withoutRedis } from '../../harness/servers/redis-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { openWorkerRoom, soundFlow, type WorkerRoom } from '../../harness/worker-room.ts';

const diagnosed = async (
  executionId: string,
  parts: Omit<DiagnosisParts, 'diskUse' | 'nowMs'>,
  more = {},
) => {
  const said: string[] = [];
  const exitCode = await diagnoseRun(
    { executionId, json: false },
    { diskUse: 0.5, nowMs: Date.now(), ...parts, ...more },
    printTo((text) => said.push(text)),
  );
  return { exitCode, said: said.join('\n') };
};

describe('a diagnosis of a run', () => {
  const dir = tempDir('diagnose');
  freshProject(`${dir}/project/Test.wproj`);
  const app = appIn(dir, ['--project', `${dir}/project/Test.wproj`, '--state', `${dir}/state`]);
  afterAll(() => app.close());
  const ran = async (workflow: object) => {
    const service = await app.openService();
    const begun = await service.run({ workflow, caller: 'test' });
    if (!begun.ok) throw new Error(begun.error);
    await begun.data.done;
    return { service, executionId: begun.data.executionId };
  };

  it('says that it is done, and that the disk is nearly full', async () => {
    const { service, executionId } = await ran(soundFlow('Done'));
    expect(await diagnosed(executionId, { service })).toMatchObject({ exitCode: 0 });
    const full = await diagnosed(executionId, { service }, { diskUse: 0.99 });
    expect(full).toMatchObject({ exitCode: 1, said: expect.stringContaining('99 % full') });
  });

  it('names the node that failed and the code, and what a run waits for', async () => {
    const broken = { id: 'q', type: 'query_waql', data: { query: '$ "\\Nowhere" select' } };
    const failed = await ran({ workflowId: 'broken', nodes: [broken] });
    expect(await diagnosed(failed.executionId, failed)).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('Node q (query_waql) failed'),
    });
    const wait = { id: 'w', type: 'wait', data: { forMs: 3_600_000 } };
    const waiting = await ran({ workflowId: 'waits', nodes: [wait] });
    expect(await diagnosed(waiting.executionId, waiting)).toMatchObject({
      exitCode: 0,
      said: expect.stringContaining('It waits until 20'),
    });
    const late = await diagnosed(waiting.executionId, waiting, { nowMs: Date.now() + 7_200_000 });
    expect(late).toMatchObject({ exitCode: 1, said: expect.stringContaining('nobody goes on with it') });
  });

  it('knows no run that there is not', async () => {
    const service = await app.openService();
    await expect(diagnosed('exec_none', { service })).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});

describe.runIf(!hasPostgres || !hasRedis)('a diagnosis of a job', () => {
  it.skip(hasRedis ? withoutPostgres : withoutRedis, () => undefined);
});

describe.runIf(hasPostgres && hasRedis)('a diagnosis of a job', () => {
  let room: WorkerRoom;
  beforeAll(async () => {
    room = await openWorkerRoom('diagnose-jobs');
  });
  afterAll(() => room.close());

  it('says whether a worker has it, is gone, or was never there', async () => {
    const { jobs, service, database } = room;
    const lanes = postgresLanes(database);
    const parts = { service, jobs, lanes };
    const { executionId } = await room.begin(soundFlow('Waits'));
    const later = { nowMs: Date.now() + 120_000 };
    expect(await diagnosed(executionId, parts, later)).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('waited for a worker of the queue "default"'),
    });
    const hold = await lanes.take('here:/game', { owner: 'here:1:x', host: 'here' }, 60_000);
    if (hold === undefined) throw new Error('The lane is held.');
    await jobs.claim(executionId, { worker: 'here:1:x', hold });
    expect((await diagnosed(executionId, parts)).said).toContain(
      'Worker here:1:x executes it: attempt 1 of 3',
    );
    await lanes.release(hold);
    expect(await diagnosed(executionId, parts, later)).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining('Start a worker for it on here'),
    });
    const dead = { state: 'dead', code: 'TIMEOUT', error: 'late', afterMs: 0 } as const;
    await jobs.settle(executionId, { worker: 'here:1:x', hold }, dead);
    expect((await diagnosed(executionId, parts)).said).toContain('TIMEOUT: late');
  });
});
