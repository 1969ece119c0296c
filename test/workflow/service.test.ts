import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { Result } from '../../src/core/result.ts';
import type { FollowedRun, RunEvent, WorkflowService } from '../../src/workflow/service.ts';
import { appIn } from '../harness/app-in.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { newTempDir } from '../harness/temp-dir.ts';

describe('the workflow service', () => {
  it('reports to a listener that comes in the middle of a run all of it, in order, once', () =>
    withService(async (service) => {
      const early: RunEvent[] = [];
      const late: RunEvent[] = [];
      let joined: Promise<unknown> | undefined;
      const begun = await begin(
        service.run({
          workflow: threeSounds,
          caller: 'test',
          onEvent: (event) => {
            early.push(event);
            if (event.event !== 'node.execution.complete' || event.nodeId !== 'n2') return;
            joined ??= service.events(event.executionId, (reported) => late.push(reported));
          },
        }),
      );
      await begun.done;
      await joined;
      expect(early.map(shortly).sort()).toEqual(wholeRun);
      expect(late).toEqual(early);
    }));

  it('replays a run that has ended from the journal, also in a later process', () =>
    withService(async (service, reopen) => {
      const heard: RunEvent[] = [];
      const begun = await begin(
        service.run({ workflow: threeSounds, caller: 'test', onEvent: (event) => heard.push(event) }),
      );
      await begun.done;
      const replayed: RunEvent[] = [];
      const subscription = await (await reopen()).events(begun.executionId, (event) => replayed.push(event));
      if (!subscription.ok) throw new Error(subscription.error);
      await subscription.data.ended;
      expect(replayed.map(shortly).sort()).toEqual(wholeRun);
      expect(replayed.map(withoutTimes)).toEqual(heard.map(withoutTimes));
    }));

  it('replays a failed run with the code of the node and of the run', () =>
    withService(async (service) => {
      const nodes = [{ id: 'n1', type: 'createSound', data: { name: 'A', parentPath: '\\Containers\\No' } }];
      const begun = await begin(service.run({ workflow: { nodes, edges: [] }, caller: 'test' }));
      const result = await begun.done;
      const replayed: RunEvent[] = [];
      await service.events(begun.executionId, (event) => replayed.push(event));
      expect(result).toMatchObject({ ok: false, code: 'OBJECT_NOT_FOUND' });
      expect(replayed.slice(-2)).toMatchObject([
        { event: 'node.execution.complete', nodeId: 'n1', ok: false, code: 'OBJECT_NOT_FOUND' },
        { event: 'workflow.execution.complete', ok: false, code: 'OBJECT_NOT_FOUND', stopAt: 'n1' },
      ]);
    }));

  it('says nothing more to who has unsubscribed, and goes on when a listener throws', () =>
    withService(async (service) => {
      const heard: RunEvent[] = [];
      let leaving: Promise<void> | undefined;
      const begun = await begin(
        service.run({
          workflow: threeSounds,
          caller: 'test',
          onEvent: (event) => {
            leaving ??= leaveAtOnce(event.executionId);
            throw new Error('a listener of others');
          },
        }),
      );
      async function leaveAtOnce(executionId: string): Promise<void> {
        const joined = await service.events(executionId, (event) => heard.push(event));
        if (!joined.ok) throw new Error(joined.error);
        joined.data.unsubscribe();
        await joined.data.ended;
      }
      expect(await begun.done).toMatchObject({ ok: true });
      await leaving;
      expect(heard.length).toBeLessThan(wholeRun.length);
    }));

  it('lets no exception out: what it refuses is a result with a code', () =>
    withService(async (service) => {
      const caller = 'test';
      const refused: [Promise<Result<unknown> | null>, string][] = [
        [service.compile({}), 'INVALID_INPUT'],
        [service.compile({ workflow: '{', workflowId: 'both' }), 'INVALID_INPUT'],
        [service.compile({ workflow: 'no json' }), 'WORKFLOW_INVALID'],
        [service.showPlan({ workflow: threeSounds, cursor: 'elsewhere' }), 'INVALID_INPUT'],
        [service.nodeTypes({ types: ['no such type'] }), 'INVALID_INPUT'],
        [service.preview({ workflowId: 'none', caller }), 'WORKFLOW_NOT_FOUND'],
        [service.run({ workflowId: 'none', caller }), 'WORKFLOW_NOT_FOUND'],
        [service.apply('preview_none', { caller }), 'PREVIEW_NOT_FOUND'],
        [service.resume('none', { caller }), 'RUN_NOT_FOUND'],
        [service.cancel('none'), 'RUN_NOT_FOUND'],
        [service.rollBack('none'), 'RUN_NOT_FOUND'],
        [service.status('none'), 'RUN_NOT_FOUND'],
        [service.show({ executionId: 'none' }), 'RUN_NOT_FOUND'],
        [service.show({ executionId: 'preview_none' }), 'PREVIEW_NOT_FOUND'],
        [service.events('none', () => {}), 'RUN_NOT_FOUND'],
        [service.library.get({ workflowId: 'none' }), 'WORKFLOW_NOT_FOUND'],
        [service.library.versions('none'), 'WORKFLOW_NOT_FOUND'],
        [service.library.delete({ workflowId: 'none' }), 'WORKFLOW_NOT_FOUND'],
        [service.library.export({ workflowId: 'none', filePath: '/x.json' }), 'WORKFLOW_NOT_FOUND'],
        [service.library.save({ workflow: 'no json' }), 'WORKFLOW_INVALID'],
        [service.memo.forget({}), 'INVALID_INPUT'],
      ];
      const codes = await Promise.all(refused.map(async ([result]) => (await result)?.code));
      expect(codes).toEqual(refused.map(([, code]) => code));
    }));

  it('gives a handle when a run outlasts the patience of its caller, and lets the run go on', () =>
    withService(async (service) => {
      const begun = await begin(service.run({ workflow: threeSounds, caller: 'test', waitMs: 0 }));
      expect(await begun.answer).toMatchObject({ ok: true, data: { executionId: begun.executionId } });
      expect(await begun.done).toMatchObject({ ok: true });
      const status = await service.status(begun.executionId);
      expect(status).toMatchObject({ ok: true, data: { state: 'done', percent: 100 } });
    }));

  it('keeps versions of a workflow, writes it out, and forgets it', () =>
    withService(async (service, _reopen, dir) => {
      await service.library.save({ workflow: threeSounds });
      await service.library.save({ workflow: { ...threeSounds, name: 'Three' } });
      const versions = await service.library.versions('three');
      expect(
        versions.ok && asJsonArray(versions.data.versions).map((one) => asJsonObject(one).version),
      ).toEqual([2, 1]);
      const filePath = join(dir, 'three.json');
      expect(await service.library.export({ workflowId: 'three', filePath })).toMatchObject({ ok: true });
      expect(await service.library.delete({ workflowId: 'three' })).toMatchObject({
        data: { deletedVersions: 2 },
      });
    }));
});

const parentPath = '\\Containers\\Default Work Unit';
const threeSounds: JsonObject = {
  workflowId: 'three',
  nodes: ['n1', 'n2', 'n3'].map((id) => ({
    id,
    type: 'createSound',
    data: { name: `Step_${id}`, parentPath },
  })),
  edges: [
    { source: 'n1', target: 'n2' },
    { source: 'n2', target: 'n3' },
  ],
};

const wholeRun = [
  'workflow.execution.start',
  ...['n1', 'n2', 'n3'].flatMap((id) => [`node.execution.start ${id}`, `node.execution.complete ${id}`]),
  'workflow.execution.complete',
].sort();

function shortly(event: RunEvent): string {
  return 'nodeId' in event ? `${event.event} ${event.nodeId}` : event.event;
}

function withoutTimes(event: RunEvent): JsonObject {
  return { ...asJsonObject(JSON.parse(JSON.stringify(event))), durationMs: 0 };
}

async function begin(begun: Promise<Result<FollowedRun>>): Promise<FollowedRun> {
  const result = await begun;
  if (result.ok) return result.data;
  throw new Error(`${result.code}: ${result.error}`);
}

/** Runs `work` with the service of the whole program on a new project; `reopen` ends that program and starts another. */
async function withService(
  work: (service: WorkflowService, reopen: () => Promise<WorkflowService>, dir: string) => Promise<void>,
): Promise<void> {
  const dir = newTempDir('service');
  const projectPath = join(dir, 'Game', 'Game.wproj');
  freshProject(projectPath);
  const argv = ['--project', projectPath, '--state', join(dir, 'state'), '--allow-dir', dir];
  let app = appIn(dir, argv);
  const reopen = async (): Promise<WorkflowService> => {
    await app.close();
    app = appIn(dir, argv);
    return app.openService();
  };
  try {
    await work(await app.openService(), reopen, dir);
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
