import { expect, it } from 'vitest';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { withMcp } from '../../harness/mcp-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { node } from '../../workflow/harness.ts';

const dir = tempDir('kept-elsewhere');
const parentPath = '\\Containers\\Default Work Unit';

it('a value that a platform keeps of its own is named when it is set without one, in calls and in runs, once', async () => {
  const projectPath = `${dir}/Game/Game.wproj`;
  createProject(projectPath, { platforms: ['Windows', 'Mac'] });
  await withMcp(dir, ['--project', projectPath], async (mcp) => {
    for (const name of ['A', 'B', 'C']) await mcp.done('create_sound', { name, parentPath });
    const set = (name: string, value: number, platform?: string) =>
      mcp.call('set_property', {
        objectId: `${parentPath}\\${name}`,
        property: 'Volume',
        value,
        ...(platform === undefined ? {} : { platform }),
      });
    expect(await set('A', -3)).not.toHaveProperty('notices');
    for (const name of ['A', 'B']) await set(name, -9, 'Mac');
    expect(await set('A', -4)).toMatchObject({
      notices: [expect.stringMatching(/^Volume of "[^"]*A" is not the same on all platforms: Mac has -9\./)],
    });
    expect(await set('A', -9)).not.toHaveProperty('notices');
    expect(await set('C', -4)).not.toHaveProperty('notices');
    const nodes = ['A', 'B', 'C'].map((name) =>
      node(name, 'set_property', { objectId: `${parentPath}\\${name}`, property: 'Volume', value: -5 }),
    );
    expect(await mcp.call('workflow_run', { workflow: { nodes } })).toMatchObject({
      notices: [expect.stringMatching(/^Volume of "[^"]*A", "[^"]*B" is not the same/)],
    });
  });
});
