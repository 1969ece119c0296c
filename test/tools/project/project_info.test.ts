import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

describe('project_info', () => {
  it('says what is open and where things go', () =>
    withProject(async ({ done, projectPath }) => {
      expect(await done('project_info', {})).toMatchObject({
        name: 'Test',
        filePath: projectPath,
        year: 2025,
        platforms: ['Windows'],
        languages: ['English(US)'],
        isDirty: false,
        defaultWorkUnits: {
          Containers: '\\Containers\\Default Work Unit',
          Events: '\\Events\\Default Work Unit',
        },
      });
      await done('create_sound', { name: 'Boom', parentPath: '\\Containers\\Default Work Unit' });
      expect(await done('project_info', {})).toMatchObject({ isDirty: true });
    }));
});
