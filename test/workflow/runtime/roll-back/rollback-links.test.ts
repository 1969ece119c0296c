import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eras, writeEraProject } from '../../../harness/era-project.ts';
import { withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { withTwoClients } from '../../../harness/two-clients.ts';
import { node } from '../../harness.ts';

/** Up to Wwise 2024.1 the entries of a playlist are the children themselves: an entry that goes deletes none of them. */

const bystander = '\\Events\\Default Work Unit';

describe.each(eras.filter((schema) => schema >= 110))('the playlist of a project of schema %d', (schema) => {
  it('that a run emptied and another filled is as before once both are rolled back, with --project', async () => {
    const dir = newTempDir('links');
    try {
      const { projectPath, sequence } = writeEraProject(dir, schema);
      await withMcp(dir, ['--project', projectPath], async (mcp) => {
        await mcp.done('project_save', {});
        const before = projectFiles(dirname(projectPath));
        const ids: unknown[] = [];
        for (const items of [[], ['Two', 'One', 'Two']]) {
          const nodes = [node('list', 'set_playlist', { container: sequence, items })];
          ids.unshift((await mcp.done('workflow_run', { workflow: { nodes } })).executionId);
        }
        await mcp.done('set_notes', { objectId: bystander, notes: 'theirs' });
        for (const executionId of ids) {
          const report = await mcp.done('workflow_rollback', { executionId: String(executionId) });
          expect(report).toMatchObject({ how: 'inverse', rolledBack: ['list'], verified: true });
        }
        await mcp.done('set_notes', { objectId: bystander, notes: '' });
        await mcp.done('project_save', {});
        expect(projectFiles(dirname(projectPath))).toEqual(before);
      });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

it.each([119, 123] as const)(
  'the playlist of a project of schema %d is set as it was in a running Wwise',
  async (schema) => {
    let sequence = '';
    const make = (dir: string): string => {
      const era = writeEraProject(dir, schema);
      ({ sequence } = era);
      return era.projectPath;
    };
    await withTwoClients(
      async ({ b, run, runs, saved }) => {
        const before = await saved();
        const nodes = [node('list', 'set_playlist', { container: sequence, items: ['Two', 'Two'] })];
        const { executionId } = await run({ nodes });
        await b.done('set_notes', { objectId: bystander, notes: 'theirs' });
        expect((await runs.rollback(executionId)).data).toMatchObject({ how: 'inverse', verified: true });
        await b.done('set_notes', { objectId: bystander, notes: '' });
        expect(await saved()).toEqual(before);
      },
      'wamp',
      make,
    );
  },
);
