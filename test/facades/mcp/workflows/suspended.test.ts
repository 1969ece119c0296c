import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { startServer } from '../stdio/stdio-client.ts';
import { withService } from './service-client.ts';

const parentPath = '\\Containers\\Default Work Unit';
const hour = 3_600_000;

/** Makes a Sound, saves or not, waits, makes another one, and says so. */
const flow = (wait: JsonObject, savesFirst = true): JsonObject => {
  const saved = savesFirst ? [{ id: 'saved', type: 'project_save' }] : [];
  return {
    workflowId: 'waiting',
    nodes: [
      { id: 'before', type: 'create_sound', data: { name: 'Before', parentPath } },
      ...saved,
      { id: 'hello', type: 'say', data: { text: 'Made $from:before:$output:name' } },
      { id: 'w', type: 'wait', data: wait },
      { id: 'after', type: 'create_sound', data: { name: 'After', parentPath } },
      { id: 'end', type: 'project_save' },
      { id: 'bye', type: 'say', data: { text: 'Made $from:after:$output:name' } },
    ],
    edges: [
      { source: 'before', target: 'w' },
      { source: 'w', target: 'after' },
    ],
  };
};

const dir = tempDir('suspended');
const start = (project: string, ...more: readonly string[]) => {
  const projectPath = join(dir, project, `${project}.wproj`);
  const places = ['--project', projectPath, '--state', join(dir, `state-${project}`)];
  return startServer('2026-07-28', [...places, '--toolsets', 'default,workflow', ...more], dir);
};

describe('a run that is suspended when its server is killed', () => {
  it.each([
    ['after a save is not begun again', 'Saved', true],
    ['without a save has done again what was lost', 'Lost', false],
  ])('%s, and goes on when its time has come', async (_, project, savesFirst) => {
    freshProject(join(dir, project, `${project}.wproj`));
    const killed = await start(project);
    const workflow = flow({ forMs: 6_000 }, savesFirst);
    const answer = await killed.call('workflow_run', { workflow }, { onProgress: () => {} });
    const suspended = asJsonObject(answer.data);
    expect(suspended).toMatchObject({
      ...{ state: 'suspended', suspended: [{ node: 'w', for: 'time' }], project: { name: project } },
      messages: [{ node: 'hello', text: 'Made Before' }],
    });
    expect(killed.progress.map(({ message }) => message)).toContain('hello says: Made Before');
    const { executionId, untilMs } = suspended;
    process.kill(killed.pid, 'SIGKILL');

    const again = await start(project);
    const first = await again.call('query_waql', { query: '$ from type Sound' });
    expect(asJsonObject(first.data).total).toBe(savesFirst ? 1 : 0);
    expect(asJsonArray(first.notices).join('\n')).toContain(String(executionId));
    const resumed = await again.call('workflow_resume', { executionId, waitMs: 600_000 });
    // Resumed before its time it is suspended again, and this server goes on with it by itself.
    const ended = await again.call('workflow_status', { executionId, waitMs: 600_000 });
    const status = asJsonObject(ended.data);
    expect(resumed).toMatchObject({ ok: true });
    expect(status).toMatchObject({ state: 'done', counts: { done: savesFirst ? 7 : 6, skipped: 0 } });
    const after = asJsonArray(status.nodes)
      .map(asJsonObject)
      .find(({ node }) => node === 'after');
    expect(Number(after?.startedAtMs)).toBeGreaterThanOrEqual(Number(untilMs));
    const [cursor = ''] = /results:0\.\w+/.exec(JSON.stringify(ended)) ?? [];
    const rows = await again.call('workflow_status', { executionId, cursor });
    expect(asJsonArray(asJsonObject(rows.data).results)).toContainEqual(
      expect.objectContaining({ node: 'bye', said: ['Made After'] }),
    );
    const sounds = asJsonObject((await again.call('query_waql', { query: '$ from type Sound' })).data);
    const names = asJsonArray(sounds.objects).map((object) => asJsonObject(object).name);
    expect(names.sort()).toEqual(['After', 'Before']);
    await again.close();
  });
});

it('a suspended run goes on in no other project, and can be ended there', async () => {
  await withService(async ({ done, dir: home, app }) => {
    const { executionId } = await done('workflow_run', { workflow: flow({ forMs: hour }) });
    await app.close();
    freshProject(join(home, 'Other', 'Other.wproj'));
    const places = ['--project', join(home, 'Other', 'Other.wproj'), '--state', join(home, 'state')];
    const other = await startServer('2026-07-28', [...places, '--toolsets', 'default,workflow'], home);
    const refused = await other.call('workflow_resume', { executionId });
    expect(refused).toMatchObject({
      ...{ ok: false, code: 'WRONG_PROJECT', error: expect.stringContaining('"Game"') },
      details: { project: { name: 'Game' }, open: { name: 'Other' } },
    });
    expect(await other.call('query_waql', { query: '$ from type Sound' })).toMatchObject({
      data: { total: 0 },
    });
    expect(asJsonObject((await other.call('workflow_status', { executionId })).data)).toMatchObject({
      state: 'suspended',
    });
    expect(await other.call('workflow_cancel', { executionId })).toMatchObject({
      data: { state: 'cancelled' },
    });
    await other.close();
  });
});

it('a suspended run is named at the next start, unless that goes on with it, and only tools that are there are', async () => {
  const project = 'Named';
  freshProject(join(dir, project, `${project}.wproj`));
  const first = await start(project);
  const { executionId } = asJsonObject(
    (await first.call('workflow_run', { workflow: flow({ forMs: hour }) })).data,
  );
  await first.close();
  const reading = await start(project, '--read-only');
  const seen = asJsonArray((await reading.call('project_info', {})).notices).join('\n');
  expect(seen).toContain(String(executionId));
  expect(seen).not.toContain('workflow_');
  await reading.close();
  const resuming = await start(project);
  const resumed = await resuming.call('workflow_cancel', { executionId });
  expect(resumed).toMatchObject({ data: { state: 'cancelled' } });
  expect(JSON.stringify(resumed.notices ?? [])).not.toContain(String(executionId));
  await resuming.close();
});
