import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';

describe('undo and redo', () => {
  it('stop where the history ends', () =>
    withProject(async ({ done, refused }) => {
      expect((await refused('undo', {})).error).toContain('Nothing was undone');
      await done('create_sound', { name: 'A', parentPath: home });
      expect(await done('undo', { steps: 3 })).toMatchObject({ undone: 1 });
      expect(await done('redo', {})).toEqual({
        redone: 1,
        steps: ['Create Object: created Sound "A"'],
        stoppedBy: null,
      });
      expect((await refused('redo', {})).error).toContain('Nothing was redone');
    }));
});
