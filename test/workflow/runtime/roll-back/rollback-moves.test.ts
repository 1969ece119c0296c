import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshProject } from '../../../harness/fresh-project.ts';
import { withMcp } from '../../../harness/mcp-room.ts';
import { projectFiles } from '../../../harness/project-files.ts';
import { newTempDir } from '../../../harness/temp-dir.ts';
import { node } from '../../harness.ts';

const parentPath = '\\Containers\\Default Work Unit';

it('what one step of a run moved and the next moved back is as before after a rollback, and a second one leaves it', async () => {
  const dir = newTempDir('moves');
  const projectPath = `${dir}/Game/Game.wproj`;
  freshProject(projectPath);
  try {
    await withMcp(dir, ['--project', projectPath], async (mcp) => {
      for (const name of ['From', 'To']) {
        await mcp.done('create_object', { type: 'ActorMixer', name, parentPath });
        for (const sound of ['One', 'Two', 'Three'])
          await mcp.done('create_sound', { name: `${sound}_${name}`, parentPath: `${parentPath}\\${name}` });
      }
      const saved = async () => {
        await mcp.done('project_save', {});
        return projectFiles(`${dir}/Game`);
      };
      const before = await saved();
      const [one, two] = [`${parentPath}\\From\\One_From`, `${parentPath}\\From\\Two_From`];
      const nodes = [
        node('there', 'move_object', { objects: [one], parentPath: `${parentPath}\\To` }),
        node('back', 'move_object', {
          objects: [`${parentPath}\\To\\One_From`, `${parentPath}\\To\\Two_To`],
          parentPath: `${parentPath}\\From`,
        }),
        node('made', 'create_sound', { name: 'New', parentPath: `${parentPath}\\From` }),
        node('gone', 'move_object', { objects: [two], parentPath: `${parentPath}\\To` }),
      ];
      const edges = nodes.slice(1).map(({ id }, at) => ({ source: nodes[at]?.id ?? '', target: id ?? '' }));
      const { executionId = null } = await mcp.done('workflow_run', { workflow: { nodes, edges } });
      expect(await mcp.done('workflow_rollback', { executionId })).toMatchObject({
        notRolledBack: [],
        verified: true,
      });
      expect(await saved()).toEqual(before);
      await mcp.call('workflow_rollback', { executionId });
      expect(await saved()).toEqual(before);
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
