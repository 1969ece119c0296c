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
      expect(await done('delete_object', { objectId: `${containers}\\X` })).toEqual({
        object: { id: blend.id, name: 'X', type: 'BlendContainer', path: `${containers}\\X` },
        descendants: 1,
        lostReferences: 0,
      });
      expect(await done('query_waql', { query: 'from type Sound, BlendContainer' })).toMatchObject({
        total: 0,
      });
    }));

  it('asks first when something outside refers to it or to what is below it', () =>
    withProject(async ({ done, refused }) => {
      const children = [{ type: 'Sound', name: 'A' }];
      const blend = { type: 'BlendContainer', name: 'X', parentPath: containers, children };
      await done('create_object', blend);
      const target = { parentPath: '\\Events\\Default Work Unit', targetPath: `${containers}\\X\\A` };
      await done('create_event', { name: 'Play', ...target });
      const object = `${containers}\\X`;
      expect(await refused('delete_object', { objectId: object })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
        details: { total: 1, references: [{ from: { type: 'Action' }, reference: 'Target' }] },
      });
      expect(await done('delete_object', { objectId: object, confirm: true })).toMatchObject({
        lostReferences: 1,
      });
    }));

  it('does not know an object that never was', () =>
    withProject(async ({ refused }) => {
      expect((await refused('delete_object', { objectId: `${containers}\\Nothing` })).code).toBe(
        'OBJECT_NOT_FOUND',
      );
    }));
});
