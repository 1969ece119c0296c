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
        objects: [{ id: blend.id, name: 'X', type: 'BlendContainer', path: `${containers}\\X` }],
        total: 1,
        descendants: 1,
        lostReferences: 0,
        notice: null,
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

  it('asks first when an object follows the State Group', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_state_group', { name: 'Weather', members: ['Rain'] });
      await done('create_sound', { name: 'Wind', parentPath: containers });
      await done('set_states', { objectId: `${containers}\\Wind`, stateGroups: ['StateGroup:Weather'] });
      expect(await refused('delete_object', { objectId: 'StateGroup:Weather' })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
        details: {
          total: 1,
          references: [{ from: { path: `${containers}\\Wind` }, reference: 'StateGroups', targetId: id }],
        },
      });
    }));

  it('deletes many in one step, what lies below another with it', () =>
    withProject(async ({ done }) => {
      const children = [{ type: 'Sound', name: 'A' }];
      await done('create_object', { type: 'BlendContainer', name: 'X', parentPath: containers, children });
      await done('create_sound', { name: 'B', parentPath: containers });
      const objectIds = [`${containers}\\X\\A`, `${containers}\\X`, 'Sound:B'];
      expect(await done('delete_object', { objectIds })).toMatchObject({
        objects: [{ name: 'X' }, { name: 'B' }],
        total: 2,
        descendants: 1,
      });
      await done('undo', {});
      expect(await done('query_waql', { query: 'from type Sound, BlendContainer' })).toMatchObject({
        total: 3,
      });
    }));

  it('deletes none of many when one is not there or something refers to one of them', () =>
    withProject(async ({ done, refused }) => {
      for (const name of ['A', 'B']) await done('create_sound', { name, parentPath: containers });
      await done('create_event', { name: 'Play', targetPath: 'Sound:A' });
      expect((await refused('delete_object', { objectIds: ['Sound:B', 'Sound:Gone'] })).code).toBe(
        'OBJECT_NOT_FOUND',
      );
      const outcome = await refused('delete_object', { objectIds: ['Sound:B', 'Sound:A'] });
      expect(outcome).toMatchObject({ code: 'CONFIRMATION_REQUIRED', details: { total: 1 } });
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 2 });
    }));

  it('does not know an object that never was', () =>
    withProject(async ({ refused }) => {
      expect((await refused('delete_object', { objectId: `${containers}\\Nothing` })).code).toBe(
        'OBJECT_NOT_FOUND',
      );
    }));
});
