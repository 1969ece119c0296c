import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import { withService } from './service-client.ts';

const home = '\\Containers\\Default Work Unit';

function steps(wavPath: string): JsonObject {
  return {
    workflowId: 'steps',
    name: 'Steps',
    nodes: [
      { id: 'n1', type: 'createSound', data: { name: 'Step', parentPath: home } },
      { id: 'n2', type: 'audioImport', data: { filePath: wavPath } },
    ],
    edges: [{ source: 'n1', target: 'n2' }],
  };
}

const manySounds = (count: number): JsonObject => ({
  workflowId: 'many',
  nodes: Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    type: 'createSound',
    data: { name: `Sound${index}`, parentPath: home },
  })),
});

describe('previewing and applying', () => {
  it('shows what would happen, then does exactly that', async () => {
    await withService(async ({ done, wavPath }) => {
      const preview = await done('workflow_run', { workflow: steps(wavPath), mode: 'preview' });
      expect(preview).toMatchObject({
        mode: 'preview',
        wouldSucceed: true,
        counts: { created: 2, originals: 1 },
      });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 0 });
      const applied = await done('workflow_apply', { previewId: preview.previewId });
      expect(applied).toMatchObject({ workflowId: 'steps', results: [{ memo: 'miss' }, { memo: 'miss' }] });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 1 });
      const again = await done('workflow_run', { workflow: steps(wavPath), mode: 'preview' });
      expect(again).toMatchObject({ counts: { created: 0, memoHits: 2 }, objects: [], diff: [] });
    });
  });

  it('answers only what differs from the preview', async () => {
    await withService(async ({ done, call, wavPath }) => {
      const { previewId } = await done('workflow_run', { workflow: steps(wavPath), mode: 'preview' });
      const applied = await done('workflow_run', { previewId, verbose: false });
      expect(applied).toMatchObject({ asPreviewed: 2, executionId: expect.any(String) });
      expect(applied.results).toEqual([]);
      const { executionId } = applied;
      expect(await done('workflow_status', { executionId })).toMatchObject({ counts: { done: 2 } });
      expect(await call('workflow_run', { previewId, workflowId: 'steps' })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    });
  });

  it('refuses to apply to a project that changed, and what it does not know', async () => {
    await withService(async ({ call, done, wavPath }) => {
      const { previewId } = await done('workflow_run', { workflow: steps(wavPath), mode: 'preview' });
      await done('create_sound', { name: 'Other', parentPath: home });
      expect(await call('workflow_apply', { previewId })).toMatchObject({
        ok: false,
        code: 'PROJECT_CHANGED',
      });
      expect(await call('workflow_apply', { previewId: 'preview_0' })).toMatchObject({
        code: 'PREVIEW_NOT_FOUND',
      });
    });
  });

  it('refuses to apply what the preview said would fail, unless it is forced', async () => {
    await withService(async ({ call, done }) => {
      const workflow = {
        workflowId: 'fails',
        nodes: [
          { id: 'n1', type: 'createSound', data: { name: 'Step', parentPath: home } },
          { id: 'n2', type: 'createSound', data: { name: 'Other', parentPath: `${home}\\Nowhere` } },
        ],
        edges: [{ source: 'n1', target: 'n2' }],
      };
      const { previewId, wouldSucceed } = await done('workflow_run', { workflow, mode: 'preview' });
      expect(wouldSucceed).toBe(false);
      expect(await call('workflow_apply', { previewId })).toMatchObject({
        ok: false,
        code: 'PREVIEW_FAILED',
        details: { code: 'OBJECT_NOT_FOUND' },
      });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 0 });
      expect(await call('workflow_apply', { previewId, force: true })).toMatchObject({ ok: false });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 1 });
    });
  });

  it('gives the rest of a long preview through workflow_status', async () => {
    await withService(async ({ call, done }) => {
      const preview = await done('workflow_run', { workflow: manySounds(200), mode: 'preview' });
      const executionId = preview.previewId;
      const cursor = asString(asJsonObject(preview.cursors).objects);
      const next = await done('workflow_status', { executionId, cursor });
      const shown = [...asJsonArray(preview.objects), ...asJsonArray(next.objects)].map(
        (row) => asJsonObject(row).path,
      );
      expect(new Set(shown).size).toBe(shown.length);
      const { diff } = await done('workflow_status', { executionId, file: 'Default Work Unit.wwu' });
      expect(asJsonArray(diff).length).toBeGreaterThan(2);
      expect(await call('workflow_status', { executionId, cursor: 'nonsense' })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    });
  });
});

describe('running', () => {
  it('gives a handle at once in the background, and the end to whoever waits for it', async () => {
    await withService(async ({ done, wavPath }) => {
      const handle = await done('workflow_run', { workflow: steps(wavPath), mode: 'background' });
      expect(handle.executionId).toMatch(/^exec_/);
      const status = await done('workflow_status', { executionId: handle.executionId, waitMs: 60_000 });
      expect(status).toMatchObject({
        state: 'done',
        percent: 100,
        nodes: [
          { node: 'n1', state: 'done', memo: 'miss' },
          { node: 'n2', state: 'done' },
        ],
      });
      expect(
        await done('workflow_status', {
          executionId: handle.executionId,
          cursor: /results:0\.\w+/.exec(String(asJsonArray(status.notices)[0]))?.[0] ?? '',
        }),
      ).toMatchObject({
        results: [{ node: 'n1', data: { name: 'Step' } }, { node: 'n2' }],
      });
      expect(await done('workflow_runs', {})).toMatchObject({
        runs: [{ executionId: handle.executionId }],
        cursor: null,
      });
    });
  });

  it('cuts a long answer, says so, and pages to its end', async () => {
    await withService(async ({ done }) => {
      const answer = await done('workflow_run', { workflow: manySounds(200) });
      expect(JSON.stringify(answer).length).toBeLessThan(32_000);
      expect(asJsonArray(answer.notices)[0]).toMatch(
        /^\d+ of 200 results are shown: call workflow_status with cursor "results:\d+\.\w+"/,
      );
      let rows = asJsonArray(answer.results).length;
      let cursor = asJsonObject(answer.cursors).results;
      while (cursor !== undefined) {
        const page: JsonObject = await done('workflow_status', { executionId: answer.executionId, cursor });
        rows += asJsonArray(page.results).length;
        cursor = asJsonObject(page.cursors).results;
      }
      expect(rows).toBe(200);
    });
  });

  it('goes on with a failed run once its file is there', async () => {
    await withService(async ({ call, done, dir, wavPath }) => {
      const failed = await call('workflow_run', { workflow: steps(join(dir, 'wavs', 'late.wav')) });
      expect(failed).toMatchObject({ ok: false, code: 'FILE_NOT_FOUND', details: { stopAt: 'n2' } });
      const { executionId } = asJsonObject(failed.details);
      expect(await done('workflow_status', { executionId })).toMatchObject({
        state: 'failed',
        code: 'FILE_NOT_FOUND',
      });
      const resumed = await done('workflow_resume', {
        executionId,
        workflow: steps(wavPath),
        acceptChanges: true,
      });
      expect(resumed).toMatchObject({ executionId });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 1 });
    });
  });

  it('takes a run back', async () => {
    await withService(async ({ done, wavPath, projectPath }) => {
      const { executionId } = await done('workflow_run', { workflow: steps(wavPath) });
      await done('workflow_rollback', { executionId });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 0 });
      expect(existsSync(join(projectPath, '..', 'Originals', 'SFX', 'step.wav'))).toBe(false);
    });
  });

  it('answers what it cannot do with codes its output schemas allow', async () => {
    await withService(async ({ call, done, wavPath }) => {
      const unknown = { executionId: 'exec_0' };
      for (const tool of ['workflow_status', 'workflow_resume', 'workflow_cancel', 'workflow_rollback']) {
        expect(await call(tool, unknown), tool).toMatchObject({ ok: false, code: 'RUN_NOT_FOUND' });
      }
      const { executionId } = await done('workflow_run', { workflow: steps(wavPath) });
      expect(await done('workflow_cancel', { executionId })).toMatchObject({ state: 'done' });
      const wrong: [string, JsonObject, string][] = [
        ['workflow_run', {}, 'INVALID_INPUT'],
        ['workflow_run', { workflow: steps(wavPath), workflowId: 'steps' }, 'INVALID_INPUT'],
        ['workflow_run', { workflowId: 'stepz' }, 'WORKFLOW_NOT_FOUND'],
        ['workflow_run', { workflow: { nodes: [{ id: 'a', type: 'createSond' }] } }, 'UNKNOWN_COMMAND'],
        ['workflow_run', { workflow: steps(wavPath), mode: 'dream' }, 'INVALID_INPUT'],
        ['workflow_run', { workflow: steps(wavPath), mode: 'preview', forceRerun: ['n9'] }, 'INVALID_INPUT'],
        ['workflow_run', { workflow: steps(wavPath), forceRerun: ['n9'] }, 'INVALID_INPUT'],
        ['workflow_compile', { workflow: 'not json' }, 'WORKFLOW_INVALID'],
        ['workflow_node_types', { all: true }, 'INVALID_INPUT'],
        ['workflow_status', { executionId, cursor: 'rows:1' }, 'INVALID_INPUT'],
        ['workflow_runs', { state: 'over' }, 'INVALID_INPUT'],
        ['workflow_save', { workflow: 'not json' }, 'WORKFLOW_INVALID'],
        ['workflow_save', { workflow: { nodes: [] }, workflowId: 'a/b' }, 'INVALID_INPUT'],
        ['workflow_get', { workflowId: 'none' }, 'WORKFLOW_NOT_FOUND'],
        ['workflow_delete', { workflowId: 'import-one-sound' }, 'INVALID_INPUT'],
        [
          'workflow_export',
          { workflowId: 'import-one-sound', filePath: '/nowhere/flow.json' },
          'PATH_NOT_ALLOWED',
        ],
        ['workflow_list', { cursor: 'x' }, 'INVALID_INPUT'],
        ['audit_query', { from: 'yesterday' }, 'INVALID_INPUT'],
        ['memo_inspect', { idemKey: 'short' }, 'INVALID_INPUT'],
        ['memo_forget', {}, 'INVALID_INPUT'],
      ];
      for (const [tool, args, code] of wrong) {
        expect(await call(tool, args), `${tool} ${JSON.stringify(args)}`).toMatchObject({ ok: false, code });
      }
    });
  });
});

describe('the library', () => {
  it('keeps workflows in versions, runs them by id and gives them away', async () => {
    await withService(async ({ call, done, dir, wavPath }) => {
      expect(
        await done('workflow_save', { workflow: steps(wavPath), description: 'One step.' }),
      ).toMatchObject({
        workflowId: 'steps',
        version: 1,
        isNew: true,
      });
      const changed = { ...steps(wavPath), name: 'More steps' };
      expect(await done('workflow_save', { workflow: changed })).toMatchObject({ version: 2 });
      expect(await done('workflow_list', {})).toMatchObject({
        workflows: [{ workflowId: 'steps', version: 2, versions: 2, description: 'One step.' }],
        examples: expect.arrayContaining(
          ['footsteps', 'import-one-sound', 'named-variations', 'sound-with-event', 'ui-sounds'].map(
            (workflowId) => expect.objectContaining({ workflowId }),
          ),
        ),
        total: 1,
      });
      expect(await done('workflow_get', { workflowId: 'steps', version: 1 })).toMatchObject({
        name: 'Steps',
        document: { workflowId: 'steps' },
      });
      expect(await done('workflow_run', { workflowId: 'steps' })).toMatchObject({ workflowId: 'steps' });
      const filePath = join(dir, 'steps.json');
      await done('workflow_export', { workflowId: 'steps', filePath });
      expect(JSON.parse(readFileSync(filePath, 'utf8'))).toMatchObject({ name: 'More steps' });
      expect(await call('workflow_export', { workflowId: 'steps', filePath })).toMatchObject({
        code: 'FILE_CONFLICT',
      });
      expect(
        await call('workflow_export', { workflowId: 'steps', filePath: '/tmp/steps.json' }),
      ).toMatchObject({
        code: 'PATH_NOT_ALLOWED',
      });
      for (const name of ['wwiseflow.config.json', 'Wwiseflow.config.json.json'])
        expect(
          await call('workflow_export', { workflowId: 'steps', filePath: join(dir, name) }),
        ).toMatchObject(name.endsWith('.json.json') ? { ok: true } : { code: 'PATH_NOT_ALLOWED' });
      expect(await done('workflow_delete', { workflowId: 'steps' })).toMatchObject({ deletedVersions: 2 });
    });
  });

  it('has examples that run', async () => {
    await withService(async ({ done, wavPath }) => {
      const input = { name: 'Step', wavPath, eventName: 'Play_Step' };
      expect(
        await done('workflow_run', { workflowId: 'sound-with-event', mode: 'preview', input }),
      ).toMatchObject({
        wouldSucceed: true,
      });
      const { name } = input;
      expect(
        await done('workflow_run', { workflowId: 'import-one-sound', input: { name, wavPath } }),
      ).toMatchObject({
        results: [{ ok: true }, { ok: true }, { ok: true }, { ok: true }],
      });
      const steps = { name: 'Steps', eventName: 'Play_Steps', files: [{ filePath: wavPath }] };
      expect(await done('workflow_run', { workflowId: 'footsteps', input: steps })).toMatchObject({
        results: [{}, {}, {}, { data: { imported: 1, failed: 0 } }, {}, {}, { ok: true }],
      });
    });
  });
});

describe('what was done', () => {
  it('can be queried by run, command, object and outcome, and exported', async () => {
    await withService(async ({ call, done, dir, wavPath }) => {
      const { executionId, results } = await done('workflow_run', { workflow: steps(wavPath) });
      await call('create_sound', { name: 'Step', parentPath: home });
      const { id } = asJsonObject(asJsonObject(asJsonArray(results)[0]).data);
      expect(await done('audit_query', { executionId })).toMatchObject({
        records: [{ command: 'audio_import' }, { command: 'create_sound' }],
        cursor: null,
      });
      expect(await done('audit_query', { outcome: 'NAME_CONFLICT' })).toMatchObject({
        records: [{ command: 'create_sound', ok: false }],
      });
      expect(asJsonArray((await done('audit_query', { objectId: id })).records).length).toBeGreaterThan(0);
      expect(await done('audit_query', { to: '2020-01-01' })).toMatchObject({ records: [] });
      const exported = await done('audit_query', { export: true });
      expect(exported.filePath).toContain(join(dir, 'state', 'exports'));
      const lines = readFileSync(String(exported.filePath), 'utf8').trim().split('\n');
      expect(lines).toHaveLength(Number(exported.exported));
      expect(readdirSync(join(dir, 'state', 'exports'))).toHaveLength(1);
    });
  });

  it('leaves no trace of a preview', async () => {
    await withService(async ({ done, wavPath }) => {
      await done('workflow_run', { workflow: steps(wavPath), mode: 'preview' });
      expect(await done('audit_query', {})).toMatchObject({ records: [] });
      expect(await done('memo_inspect', {})).toMatchObject({ total: 0 });
      expect(await done('workflow_runs', {})).toMatchObject({ runs: [] });
    });
  });

  it('is remembered until it is forgotten', async () => {
    await withService(async ({ done, wavPath }) => {
      const { results } = await done('workflow_run', { workflow: steps(wavPath) });
      const { idemKey } = asJsonObject(asJsonArray(results)[0]);
      expect(await done('memo_inspect', { idemKey })).toMatchObject({
        entries: [{ key: idemKey, command: 'create_sound', state: 'done', claims: expect.any(Array) }],
      });
      expect(await done('memo_inspect', { command: 'audio_import' })).toMatchObject({ total: 1 });
      expect(await done('memo_forget', { idemKeys: [String(idemKey), '0'.repeat(64)] })).toMatchObject({
        forgotten: 1,
        unknown: ['0'.repeat(64)],
      });
      expect(await done('memo_forget', { command: 'audio_import' })).toMatchObject({ forgotten: 1 });
      expect(await done('memo_inspect', {})).toMatchObject({ total: 0, entries: [] });
    });
  });
});
