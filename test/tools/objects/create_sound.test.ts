import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('create_sound', () => {
  it.each(['\\Actor-Mixer Hierarchy\\Default Work Unit', '/Containers/Default Work Unit', containers])(
    'creates a Sound SFX under %s',
    (parentPath) =>
      withProject(async ({ done }) => {
        const sound = await done('create_sound', { name: 'Boom', parentPath });
        expect(sound).toMatchObject({
          name: 'Boom',
          type: 'Sound',
          path: `${containers}\\Boom`,
          objectId: sound.id,
        });
        expect(await done('get_object', { objectId: String(sound.id), return: ['@IsVoice'] })).toMatchObject({
          parent: { id: sound.parentId, name: 'Default Work Unit' },
          values: { '@IsVoice': false },
        });
      }),
  );

  it('creates a Sound Voice', () =>
    withProject(async ({ done }) => {
      const { id } = await done('create_sound', { name: 'Hello', parentPath: containers, voice: true });
      expect(await done('get_object', { objectId: String(id), return: ['@IsVoice'] })).toMatchObject({
        values: { '@IsVoice': true },
      });
    }));

  it('shows the object that has the name already, or gives the new one a number', () =>
    withProject(async ({ done, refused }) => {
      const first = await done('create_sound', { name: 'Boom', parentPath: containers });
      const failure = await refused('create_sound', { name: 'boom', parentPath: containers });
      expect(failure).toMatchObject({
        code: 'NAME_CONFLICT',
        details: { existing: { id: first.id, name: 'Boom' } },
      });
      const second = await done('create_sound', {
        name: 'Boom',
        parentPath: containers,
        onNameConflict: 'rename',
      });
      expect(second.name).toMatch(/^Boom.*\d+$/);
      expect(second.id).not.toBe(first.id);
    }));

  it('replaces or merges on request', () =>
    withProject(async ({ done }) => {
      const { id } = await done('create_sound', { name: 'Boom', parentPath: containers });
      const merged = await done('create_sound', {
        name: 'Boom',
        parentPath: containers,
        onNameConflict: 'merge',
      });
      expect(merged.id).toBe(id);
      const replaced = await done('create_sound', {
        name: 'Boom',
        parentPath: containers,
        onNameConflict: 'replace',
      });
      expect(replaced.id).not.toBe(id);
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 1 });
    }));

  it('names the deepest ancestor that exists when the parent does not', () =>
    withProject(async ({ refused }) => {
      const failure = await refused('create_sound', {
        name: 'X',
        parentPath: '/Containers/Default Workunit/Guns/Big',
      });
      expect(failure).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { ancestor: '\\Containers', missing: 'Default Workunit', candidates: [containers] },
      });
      const root = await refused('create_sound', { name: 'X', parentPath: '\\Contaners\\Default Work Unit' });
      expect(root).toMatchObject({ code: 'OBJECT_NOT_FOUND', details: { candidates: ['\\Containers'] } });
    }));

  it('reports a parent that cannot hold a Sound, and a GUID of nothing', () =>
    withProject(async ({ refused }) => {
      const events = await refused('create_sound', { name: 'X', parentPath: '\\Events\\Default Work Unit' });
      expect(events).toMatchObject({
        code: 'CREATE_FAILED',
        details: { parent: { path: '\\Events\\Default Work Unit' } },
      });
      const guid = '{00000000-1111-2222-3333-444444444444}';
      const gone = await refused('create_sound', { name: 'X', parentPath: guid });
      expect(gone).toMatchObject({ code: 'OBJECT_NOT_FOUND', details: { object: guid } });
    }));

  it('refuses names that would break a path', () =>
    withProject(async ({ refused }) => {
      for (const name of ['a\\b', 'a/b', 'a"b', ' ', 'a\u0007']) {
        expect((await refused('create_sound', { name, parentPath: containers })).code).toBe('INVALID_INPUT');
      }
    }));
});
