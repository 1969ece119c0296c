import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { withProject } from '../../harness/project.ts';

describe('project_save', () => {
  it('writes what changed, names the files, and nothing the second time', () =>
    withProject(async ({ done, dir }) => {
      const unit = join(dir, 'project', 'Containers', 'Default Work Unit.wwu');
      await done('create_sound', { name: 'Boom', parentPath: '\\Containers\\Default Work Unit' });
      expect(readFileSync(unit, 'utf8')).not.toContain('Boom');
      expect(await done('project_save', {})).toEqual({ savedFiles: [unit] });
      expect(readFileSync(unit, 'utf8')).toContain('Boom');
      expect(await done('project_save', {})).toEqual({ savedFiles: [] });
    }));

  it('works out the files where Wwise refuses the topic', () =>
    withProject(
      async ({ done, dir }) => {
        await done('create_sound', { name: 'Boom', parentPath: '\\Containers\\Default Work Unit' });
        const unit = join(dir, 'project', 'Containers', 'Default Work Unit.wwu');
        expect(await done('project_save', {})).toEqual({ savedFiles: [unit] });
        expect(await done('project_save', {})).toEqual({ savedFiles: [] });
      },
      {
        wire: (backend) => ({
          ...backend,
          subscribe: async () => {
            throw new WaapiError(
              'ak.wwise.unavailable',
              'Topic not available for this type of Wwise instance.',
            );
          },
        }),
      },
    ));
});
