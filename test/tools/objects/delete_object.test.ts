import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('delete_object', () => {
  it('deletes an object with everything below it, and says what it was', () =>
    withProject(async ({ done }) => {
      const children = [{ type: 'Sound', name: 'A' }];
      const blend = await done('create_object', {
        type: 'BlendContainer',
        name: 'X',
        parentPath: containers,
        children,
      });
      expect(await done('delete_object', { object: `${containers}\\X` })).toEqual({
        object: { id: blend.id, name: 'X', type: 'BlendContainer', path: `${containers}\\X` },
        descendants: 1,
      });
      expect(await done('query_waql', { query: 'from type Sound, BlendContainer' })).toMatchObject({
        total: 0,
      });
    }));

  it('does not know an object that never was', () =>
    withProject(async ({ refused }) => {
      expect((await refused('delete_object', { object: `${containers}\\Nothing` })).code).toBe(
        'OBJECT_NOT_FOUND',
      );
    }));
});
