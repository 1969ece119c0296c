import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

describe('project_recover', () => {
  it('lists nothing where no recoveries are kept, and refuses to apply what is not there', async () => {
    await withProject(async ({ done, refused }) => {
      expect(await done('project_recover', {})).toEqual({
        ...{ recoveries: [], unreadable: [], applied: null, discarded: null, savedFiles: [] },
      });
      for (const action of ['apply', 'discard'])
        expect(await refused('project_recover', { action })).toMatchObject({ code: 'FILE_NOT_FOUND' });
    });
  });
});
