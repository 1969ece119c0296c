import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('policies');
const project = join(dir, 'Test.wproj');
beforeAll(() => freshProject(project));

const inRoom = <T>(work: (room: McpRoom) => Promise<T>) => withMcp(dir, ['--project', project], work);

/** A workflow that makes these objects. */
function making(names: readonly string[], policies: JsonObject): JsonObject {
  const nodes = names.map((name) => ({
    id: name,
    type: 'create_object',
    data: { type: 'Folder', name, parentPath: '\\Events\\Default Work Unit' },
  }));
  return { workflowId: names.join('-'), policies, nodes };
}

describe('the policies of a workflow', () => {
  it('keep a run from changing what lies elsewhere, or too much, before anything is changed', async () => {
    await inRoom(async ({ call, done }) => {
      const run = (workflow: JsonObject) => call('workflow_run', { workflow });
      expect(await run(making(['a'], { roots: ['\\Containers\\Default Work Unit'] }))).toMatchObject({
        code: 'POLICY_VIOLATED',
        details: { policy: 'roots', objects: [expect.stringContaining('\\a')] },
      });
      expect(await run(making(['a', 'b'], { mostObjects: 1 }))).toMatchObject({
        code: 'POLICY_VIOLATED',
        details: { policy: 'mostObjects', mostObjects: 1 },
      });
      expect(await done('query_waql', { query: '$ from type Folder where name = "a"' })).toMatchObject({
        total: 0,
      });
      expect(await run(making(['a'], { roots: ['\\Events'], mostObjects: 9 }))).toMatchObject({ ok: true });
    });
  });

  it('ask for a preview that somebody applies', async () => {
    await inRoom(async ({ call, done }) => {
      const workflow = making(['c'], { previewRequired: true });
      expect(await call('workflow_run', { workflow })).toMatchObject({ code: 'POLICY_VIOLATED' });
      const { previewId } = await done('workflow_run', { workflow, mode: 'preview' });
      expect(await call('workflow_apply', { previewId: String(previewId) })).toMatchObject({ ok: true });
    });
  });

  it('let no demo be done for real', async () => {
    await inRoom(async ({ call, done }) => {
      const demo = await done('workflow_run', { workflow: making(['d'], {}), mode: 'demo' });
      expect(await call('workflow_apply', { previewId: String(asJsonObject(demo).previewId) })).toMatchObject(
        {
          code: 'PREVIEW_FAILED',
        },
      );
    });
  });
});
