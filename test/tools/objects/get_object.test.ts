import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';

describe('get_object', () => {
  it('reads an object by path, GUID and Type:Name', () =>
    withProject(async ({ done }) => {
      const bus = await done('get_object', {
        objectId: '\\Master-Mixer Hierarchy\\Default Work Unit\\Main Audio Bus',
      });
      expect(bus).toMatchObject({
        type: 'Bus',
        path: '\\Busses\\Default Work Unit\\Main Audio Bus',
        childrenCount: 0,
      });
      expect(await done('get_object', { objectId: 'Bus:Main Audio Bus' })).toEqual(bus);
      expect(await done('get_object', { objectId: `id:${String(bus.id)}` })).toEqual(bus);
    }));

  it('lists children up to a limit, values asked for, and property names on request', () =>
    withProject(async ({ done }) => {
      for (const name of ['A', 'B', 'C']) await done('create_sound', { name, parentPath: containers });
      const unit = await done('get_object', { objectId: containers, maxChildren: 2 });
      expect(unit).toMatchObject({
        childrenCount: 3,
        values: {},
        parent: { name: 'Containers', type: 'WorkUnit', path: '\\Containers' },
      });
      expect(unit.children).toHaveLength(2);
      const sound = await done('get_object', {
        objectId: `${containers}\\A`,
        return: ['@Volume', 'OutputBus', 'parent.name', 'originalFilePath'],
        listProperties: true,
      });
      expect(sound.values).toMatchObject({
        '@Volume': 0,
        OutputBus: { name: 'Main Audio Bus' },
        'parent.name': 'Default Work Unit',
      });
      expect(sound.propertyNames).toEqual(expect.arrayContaining(['Volume', 'Pitch', 'OutputBus']));
    }));

  it('knows what the object does not have', () =>
    withProject(async ({ refused }) => {
      const failure = await refused('get_object', { objectId: 'Bus:Main Audio Bus', return: ['@Volum'] });
      expect(failure.code).toBe('UNKNOWN_PROPERTY');
      expect(failure.error).toContain('"Volume"');
      const unnamed = await refused('get_object', { objectId: 'Bus:Main Audio Buss' });
      expect(unnamed).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { candidates: ['Bus:Main Audio Bus'] },
      });
      const platform = await refused('get_object', { objectId: 'Bus:Main Audio Bus', platform: 'windows' });
      expect(platform).toMatchObject({ code: 'INVALID_INPUT', details: { platforms: ['Windows'] } });
    }));
});
