import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const containers = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('set_output_bus', () => {
  it('routes a Sound and switches on Override Parent, in one undo step', () =>
    withProject(async ({ done, waapi }) => {
      const music = await done('create_object', { type: 'Bus', name: 'Music', parentPath: mainBus });
      const children = [{ type: 'Sound', name: 'Boom' }];
      await done('create_object', { type: 'BlendContainer', name: 'X', parentPath: containers, children });
      const objectId = `${containers}\\X\\Boom`;
      expect(
        await done('set_output_bus', {
          objectId,
          busPath: '/Master-Mixer Hierarchy/Default Work Unit/Main Audio Bus/Music',
        }),
      ).toMatchObject({
        object: { name: 'Boom' },
        bus: { id: music.id, path: `${mainBus}\\Music` },
        overridesParent: true,
        previousBus: { name: 'Main Audio Bus' },
      });
      const read = { objectId, return: ['OutputBus', '@OverrideOutput'] };
      expect(await done('get_object', read)).toMatchObject({
        values: { OutputBus: { name: 'Music' }, '@OverrideOutput': true },
      });
      await waapi.call('ak.wwise.core.undo.undo');
      expect(await done('get_object', read)).toMatchObject({
        values: { OutputBus: { name: 'Main Audio Bus' }, '@OverrideOutput': false },
      });
    }));

  it('is stale when somebody switched the override off', () =>
    withProject(async ({ bus, done, waapi }) => {
      const { id } = await done('create_sound', { name: 'Boom', parentPath: containers });
      const input = { objectId: String(id), busPath: 'Bus:Main Audio Bus' };
      expect(await bus.dispatch('set_output_bus', input)).toMatchObject({ memo: 'miss' });
      expect(await bus.dispatch('set_output_bus', input)).toMatchObject({ memo: 'hit' });
      await waapi.call('ak.wwise.core.object.setProperty', {
        object: String(id),
        property: 'OverrideOutput',
        value: false,
      });
      expect(await bus.dispatch('set_output_bus', input)).toMatchObject({
        memo: 'stale',
        data: { overridesParent: true },
      });
    }));

  it('refuses a bus that is none and an object that has no output', () =>
    withProject(async ({ done, refused }) => {
      const { id } = await done('create_sound', { name: 'Boom', parentPath: containers });
      const noBus = await refused('set_output_bus', { objectId: String(id), busPath: containers });
      expect(noBus).toMatchObject({ code: 'INVALID_INPUT', details: { object: { type: 'WorkUnit' } } });
      const missing = await refused('set_output_bus', { objectId: String(id), busPath: `${mainBus}\\Musik` });
      expect(missing).toMatchObject({ code: 'OBJECT_NOT_FOUND', details: { ancestor: mainBus } });
      const noOutput = await refused('set_output_bus', { objectId: mainBus, busPath: mainBus });
      expect(noOutput.error).toContain('has no Output Bus');
    }));
});
