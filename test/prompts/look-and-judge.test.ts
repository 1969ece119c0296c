import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString } from '../../src/core/json.ts';
import { type PromptRoom, withPrompts } from './prompt-room.ts';

const home = '\\Containers\\Default Work Unit';
const limit = 120_000;

/** A Sound with its Event, made by a run that is over. */
async function someRun({ done }: PromptRoom): Promise<string> {
  const workflow = {
    workflowId: 'wind',
    nodes: [
      { id: 'sound', type: 'createSound', data: { name: 'Wind', parentPath: home } },
      {
        id: 'event',
        type: 'createEvent',
        data: { name: 'Play_Wind', targetPath: '$from:sound:$output:objectId' },
      },
    ],
    edges: [],
  };
  const { executionId } = await done('workflow_run', { workflow });
  return asString(executionId) ?? '';
}

it(
  'audit-project: an agent with the server alone follows it',
  () =>
    withPrompts(async (room) => {
      await someRun(room);
      const text = await room.prompt('audit-project', {});
      expect(text).toContain('Scope: (not given)');
      await room.done('project_info');
      await room.done('project_tree');
      const [lint, unused, files, voices, output] = await room.asNodes(
        ['projectLint', {}],
        ['findUnused', {}],
        ['audioFilesReport', {}],
        ['voiceCoverage', {}],
        ['effectiveOutput', { objectId: `${home}\\Wind` }],
      );
      expect(lint).toMatchObject({ findings: expect.any(Array) });
      expect(unused).toMatchObject({ unused: expect.any(Array) });
      expect(files).toMatchObject({ counts: { missing: 0 } });
      expect(voices).toMatchObject({ voices: 0 });
      expect(output).toMatchObject({ bus: { name: 'Main Audio Bus' } });
      await room.done('get_object', { objectId: `${home}\\Wind` });
      expect(room.unused()).toEqual([]);
    }),
  limit,
);

it(
  'explain-workflow: an agent with the server alone follows it',
  () =>
    withPrompts(async (room) => {
      const text = await room.prompt('explain-workflow', { workflow: 'footsteps-by-surface' });
      expect(text).toContain('wwiseflow://workflows/');
      const { document } = await room.read('wwiseflow://workflows/footsteps-by-surface');
      const { steps } = await room.read('wwiseflow://workflows/footsteps-by-surface/explanation');
      expect(asJsonArray(steps).join('\n')).toContain('Create switch group');
      await room.done('workflow_compile', { workflow: document ?? null });
      // Read as resources, since neither is listed.
      expect(room.unused()).toEqual(['workflow_explain', 'workflow_get']);
    }),
  limit,
);

it(
  'review-change: an agent with the server alone follows it, for a run and for a workflow',
  () =>
    withPrompts(async (room) => {
      const executionId = await someRun(room);
      const text = await room.prompt('review-change', { change: executionId, intent: 'Add wind.' });
      expect(text).toContain('wwiseflow://runs/');
      expect(await room.done('workflow_status', { executionId })).toMatchObject({ state: 'done' });
      const { records } = await room.read(`wwiseflow://runs/${executionId}/audit`);
      expect(asJsonArray(records).map((one) => asJsonObject(one).command)).toEqual([
        'create_event',
        'create_sound',
      ]);
      const nodes = [
        { id: 'gone', type: 'deleteObject', data: { objectId: `${home}\\Wind`, confirm: true } },
      ];
      const workflow = { nodes, edges: [] };
      await room.done('workflow_compile', { workflow });
      const preview = await room.done('workflow_run', { workflow, mode: 'preview' });
      expect(preview).toMatchObject({ wouldSucceed: true, counts: { deleted: expect.any(Number) } });
      const { references } = await room.done('references_to', { objectId: `${home}\\Wind` });
      expect(asJsonArray(references)).toHaveLength(1);
      await room.done('get_object', { objectId: 'Event:Play_Wind' });
      const [difference] = await room.asNodes([
        'diffObjects',
        { source: `${home}\\Wind`, target: `${home}\\Wind` },
      ]);
      expect(difference).toBeDefined();
      await room.done('workflow_rollback', { executionId });
      expect(await room.done('find_things', { query: 'from type Sound' })).toMatchObject({ objects: [] });
      expect(room.unused()).toEqual(['audit_query']);
    }),
  limit,
);

it(
  'fix-failed-run: an agent with the server alone follows it, and nothing is done twice',
  () =>
    withPrompts(async (room) => {
      const document = (parentPath: string) => ({
        workflowId: 'two-sounds',
        nodes: [
          { id: 'first', type: 'createSound', data: { name: 'First', parentPath: home } },
          { id: 'second', type: 'createSound', data: { name: 'Second', parentPath } },
        ],
        edges: [{ source: 'first', target: 'second' }],
      });
      const wrong = document(`${home}\\Fotsteps`);
      const failed = await room.call('workflow_run', { workflow: wrong });
      expect(failed).toMatchObject({ ok: false, code: 'OBJECT_NOT_FOUND', details: { stopAt: 'second' } });
      await room.prompt('fix-failed-run', {
        result: JSON.stringify(failed),
        workflow: JSON.stringify(wrong),
      });
      await room.done('find_things', { query: 'from type WorkUnit' });
      await room.done('get_object', { objectId: home });
      const resumed = await room.done('workflow_resume', {
        executionId: asJsonObject(failed.details).executionId ?? null,
        workflow: document(home),
        acceptChanges: true,
      });
      expect(asJsonArray(resumed.results).map((one) => asJsonObject(one).ok)).not.toContain(false);
      expect(await room.done('find_things', { words: 'First' })).toMatchObject({ total: 1 });
      // For who has no executionId, and for who wants none of it.
      expect(room.unused()).toEqual(['workflow_rollback']);
    }),
  limit,
);

it(
  'prepare-delivery: an agent with the server alone follows it, and says what is not delivered',
  () =>
    withPrompts(async (room) => {
      await someRun(room);
      await room.prompt('prepare-delivery', { folder: join(room.dir, 'banks') });
      await room.done('project_info');
      const [lint, voices] = await room.asNodes(['projectLint', {}], ['voiceCoverage', {}]);
      expect(lint).toMatchObject({ total: expect.any(Number) });
      expect(voices).toMatchObject({ voices: 0 });
      await room.applied({
        workflowId: 'bank',
        nodes: [
          { id: 'bank', type: 'createSoundbank', data: { name: 'Main', onNameConflict: 'merge' } },
          {
            id: 'in',
            type: 'setInclusions',
            data: { objectId: '$from:bank:$output:objectId', inclusions: [{ object: 'Event:Play_Wind' }] },
          },
          { id: 'save', type: 'projectSave' },
        ],
        edges: [],
      });
      const [inclusions] = await room.asNodes(['getInclusions', { objectId: 'SoundBank:Main' }]);
      expect(JSON.stringify(inclusions)).toContain('Play_Wind');
      const checked = await room.call('workflow_run', {
        workflow: {
          nodes: [{ id: 'd', type: 'checkDelivery', data: { folder: join(room.dir, 'banks') } }],
          edges: [],
        },
      });
      // Nothing was generated: that is said, and no delivery is claimed.
      expect(checked).toMatchObject({ ok: false, code: expect.stringMatching(/NOT_FOUND/) });
      // The first asks a source control that there is not, the other a Wwise that runs.
      expect(room.unused()).toEqual(['generate_soundbanks', 'source_control_status', 'workflow_status']);
    }),
  limit,
);
