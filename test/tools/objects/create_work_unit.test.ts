import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';

describe('create_work_unit', () => {
  it('saves the project, as its description says, with every earlier edit, and leaves nothing to undo', async () => {
    await withProject(async ({ done, refused, projectPath }) => {
      await done('create_sound', { name: 'Boom', parentPath: home });
      await done('create_work_unit', { name: 'Ambience', parentPath: '\\Containers' });
      const file = (...parts: string[]) => readFileSync(join(dirname(projectPath), ...parts), 'utf8');
      expect(file('Containers', 'Default Work Unit.wwu')).toContain('<Sound Name="Boom"');
      expect(file('Containers', 'Ambience.wwu')).toContain('<WorkUnit Name="Ambience"');
      expect(await done('project_info', {})).toMatchObject({ isDirty: false });
      expect(await refused('undo', {})).toMatchObject({ error: expect.stringContaining('nothing to undo') });
    });
  });
});
