import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const sound = { name: 'Boom', parentPath: '\\Containers\\Default Work Unit' };

describe('set_property', () => {
  it('sets numbers, switches and texts, and gives back what is stored', () =>
    withProject(async ({ done }) => {
      const objectId = String((await done('create_sound', sound)).id);
      expect(await done('set_property', { objectId, property: '@Volume', value: -6.5 })).toMatchObject({
        object: { id: objectId, name: 'Boom' },
        property: 'Volume',
        value: -6.5,
        previousValue: 0,
      });
      const loop = { objectId, property: 'IsLoopingEnabled', value: true };
      expect(await done('set_property', loop)).toMatchObject({ value: true, previousValue: false });
    }));

  it('sets the value of one platform', () =>
    withProject(async ({ done, refused }) => {
      const objectId = String((await done('create_sound', sound)).id);
      const platform = 'Windows';
      expect(await done('set_property', { objectId, property: 'Volume', value: -3, platform })).toMatchObject(
        {
          value: -3,
        },
      );
      const failure = await refused('set_property', {
        objectId,
        property: 'Volume',
        value: -3,
        platform: 'Windos',
      });
      expect(failure.error).toBe('The project "Test" has no platform "Windos". Did you mean "Windows"?');
    }));

  it('refuses unknown properties, references and values out of range, and changes nothing', () =>
    withProject(async ({ done, refused }) => {
      const objectId = String((await done('create_sound', sound)).id);
      const unknown = await refused('set_property', { objectId, property: 'Volum', value: 1 });
      expect(unknown).toMatchObject({
        code: 'UNKNOWN_PROPERTY',
        details: { candidates: expect.arrayContaining(['Volume']) },
      });
      const bus = await refused('set_property', {
        objectId,
        property: 'OutputBus',
        value: 'Bus:Main Audio Bus',
      });
      expect(bus).toMatchObject({ code: 'UNKNOWN_PROPERTY', hint: 'Use set_output_bus.' });
      const loud = await refused('set_property', { objectId, property: 'Volume', value: 9_999 });
      expect(loud).toMatchObject({
        code: 'WAAPI_ERROR',
        details: { value: 9_999, procedure: 'ak.wwise.core.object.setProperty' },
      });
      expect(await done('get_object', { objectId: objectId, return: ['@Volume'] })).toMatchObject({
        values: { '@Volume': 0 },
      });
    }));
});
