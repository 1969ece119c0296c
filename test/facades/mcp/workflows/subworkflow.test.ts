import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { withService } from './service-client.ts';

const home = '\\Containers\\Default Work Unit';

describe('sub-workflows through tools', () => {
  it('are saved, found by name, previewed, run and rolled back by their nodes', async () => {
    await withService(async ({ done, call }) => {
      const sound = { id: 'sound', type: 'createSound', data: { name: '$input:name', parentPath: home } };
      const workflow = { name: 'One sound', inputs: { name: { type: 'string' } }, nodes: [sound] };
      await done('workflow_save', { workflow, workflowId: 'one-sound' });
      const uses = (input: JsonObject): JsonObject => ({
        nodes: [{ id: 'sub', type: 'subworkflow', data: { workflow: 'One sound', input } }],
      });
      expect(await call('workflow_compile', { workflow: uses({ nam: 'Hit' }) })).toMatchObject({
        ok: false,
        details: {
          problems: expect.arrayContaining([
            expect.objectContaining({ pointer: '/nodes/0/data/input/nam', didYouMean: ['name'] }),
          ]),
        },
      });
      const preview = await done('workflow_run', { workflow: uses({ name: 'Hit' }), mode: 'preview' });
      expect(preview).toMatchObject({ wouldSucceed: true, counts: { created: 1 } });
      const ran = await done('workflow_run', { workflow: uses({ name: 'Hit' }) });
      expect(ran).toMatchObject({ results: [{ node: 'sub.sound', data: { name: 'Hit' } }, { node: 'sub' }] });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 1 });
      await done('workflow_rollback', { executionId: ran.executionId });
      expect(await done('query_waql', { query: '$ from type Sound' })).toMatchObject({ total: 0 });
    });
  });
});
